"""Resolvers that are asked over TLS: believed only if their certificate is good."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import trustme

from .internet import APEX, add_named, add_unbound, internet
from .judging import judge_sentences, live
from .real_lab import wait_for_dns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .namespace import Namespace

pytestmark = pytest.mark.servers("named", "unbound", "nsd", "ip")

UNBOUND, NAMED = (ipaddress.IPv4Address(f"198.51.100.{last}") for last in (1, 2))

ZONE = f"{APEX}@ MX 10 mail\nmail A 192.0.2.25\n" + "".join(
    f'texts TXT "{number:02} {"x" * 240}"\n' for number in range(16)
)

TRUTH = {
    "domain plain.example has MX": "met",
    "MX hosts of plain.example resolve": "met",
    "domain nothing.plain.example has MX": "no-such-domain",
    'TXT of texts.plain.example includes "15 xxx"': "met",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """Resolvers that speak TLS in a namespace, and the certificate of who vouches for them."""

    space: Namespace
    authority: Path


@pytest.fixture(scope="module")
def stage(folder: Path) -> Iterator[Stage]:
    """Run the zone and both resolvers, with one certificate for name and addresses."""
    authority = trustme.CA()
    key, chain = folder / "key.pem", folder / "chain.pem"
    certificate = authority.issue_cert("dns.example", str(UNBOUND), str(NAMED))
    certificate.private_key_pem.write_to_path(key)
    for part in certificate.cert_chain_pems:
        part.write_to_path(chain, append=True)
    authority.cert_pem.write_to_path(folder / "authority.pem")
    with internet(folder, {"plain.example": ZONE}) as running:
        add_unbound(
            running,
            UNBOUND,
            *(f"interface: {UNBOUND}@853", f'tls-service-key: "{key}"'),
            f'tls-service-pem: "{chain}"',
        )
        add_named(
            running,
            NAMED,
            *("dnssec-validation no;", f"listen-on port 853 tls own {{ {NAMED}; }};"),
            clauses=f'tls own {{ key-file "{key}"; cert-file "{chain}"; }};',
        )
        wait_for_dns(running, [UNBOUND, NAMED])
        yield Stage(running, folder / "authority.pem")


@pytest.mark.parametrize("at", [UNBOUND, NAMED], ids=["unbound", "named"])
@pytest.mark.parametrize("name", ["", "#dns.example"], ids=["by address", "by name"])
def test_every_sentence_ends_as_the_zone_has_it(
    stage: Stage, at: ipaddress.IPv4Address, name: str
) -> None:
    judged = judge_sentences(
        stage.space, live([f"tls://{at}{name}"]), TRUTH, SSL_CERT_FILE=str(stage.authority)
    )
    assert {one.sentence: one.end for one in judged} == TRUTH


@pytest.mark.parametrize("at", [UNBOUND, NAMED], ids=["unbound", "named"])
@pytest.mark.parametrize("trusted", [True, False], ids=["another name", "nobody vouches"])
def test_who_cannot_prove_the_name_is_not_asked(
    stage: Stage, at: ipaddress.IPv4Address, *, trusted: bool
) -> None:
    name = "#other.example" if trusted else "#dns.example"
    environment = {"SSL_CERT_FILE": str(stage.authority)} if trusted else {}
    judged = judge_sentences(stage.space, live([f"tls://{at}{name}"]), TRUTH, **environment)
    assert {one.verdict for one in judged} <= {"inconclusive", "not evaluated"}
    assert all("certificate" in " ".join(one.evidence) for one in judged)
