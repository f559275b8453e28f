"""``MX hosts … meet MTA-STS``, against Postfix with certificates good and bad, and policies by nginx."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from .certified import write_certificates
from .internet import APEX, add_unbound, internet
from .judging import judge_sentences, live
from .namespace import PUBLIC
from .nginx import PolicyHost, start_nginx
from .postfix import Receiver, start_postfix
from .real_lab import wait_for_dns, wait_for_smtp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .judging import Judged

pytestmark = pytest.mark.servers("postfix", "nginx", "unbound", "nsd", "ip")

ZONE = "held.example"
RESOLVER = ipaddress.ip_address("198.51.100.1")
WEB = ipaddress.ip_address("192.0.2.80")
_FIRST = ipaddress.IPv4Address("203.0.113.1")


@dataclass(frozen=True, slots=True)
class Held:
    """A domain: the kind of its exchange's certificate (none: no TLS), its policy, and how it ends."""

    name: str
    kind: str
    ends: str
    mode: str = "enforce"
    mx: str = "mx.{domain}"

    @property
    def domain(self) -> str:
        return f"{self.name}.{ZONE}"

    @property
    def receiver(self) -> Receiver:
        chain = str(PUBLIC / f"{self.name}.pem")
        tls = {"smtpd_tls_security_level": "may", "smtpd_tls_chain_files": chain}
        address = _FIRST + DOMAINS.index(self)
        return Receiver(f"mx.{self.domain}", address, tls if self.kind else {})

    @property
    def policy_host(self) -> PolicyHost:
        mx = self.mx.format(domain=self.domain)
        policy = f"version: STSv1\nmode: {self.mode}\nmx: {mx}\nmax_age: 2419200\n"
        return PolicyHost(f"mta-sts.{self.domain}", WEB, policy)


DOMAINS = (
    Held("good", "good", "met"),
    Held("star", "good", "met", mx="*.{domain}"),
    Held("far-star", "good", "mx-not-covered", mx=f"*.{ZONE}"),
    Held("misnamed", "misnamed", "other-certificate"),
    Held("expired", "expired", "certificate-expired"),
    Held("tested", "expired", "certificate-expired", mode="testing"),
    Held("freed", "expired", "met", mode="none"),
    Held("alone", "without-chain", "chain-incomplete"),
    Held("clear", "", "no-starttls"),
    Held("junk", "good", "no-policy", mode="strict"),
)

RECORDS = APEX + "".join(
    f"{one.name} MX 10 mx.{one.name}\nmx.{one.name} A {one.receiver.address}\n"
    f'mta-sts.{one.name} A {WEB}\n_mta-sts.{one.name} TXT "v=STSv1; id=1"\n'
    for one in DOMAINS
)


@pytest.fixture(scope="module")
def judged(folder: Path) -> Iterator[dict[str, Judged]]:
    with internet(folder, {ZONE: RECORDS}) as space:
        receivers = [one.receiver for one in DOMAINS]
        space.add_addresses([WEB, *(one.address for one in receivers)])
        add_unbound(space, RESOLVER)
        hosts = [one.policy_host for one in DOMAINS]
        certificates = {f"{host.name}.pem": ("good", host.name) for host in hosts}
        certificates |= {f"{d.name}.pem": (d.kind, d.receiver.name) for d in DOMAINS if d.kind}
        trusted = write_certificates(folder, certificates)
        start_nginx(space, hosts)
        start_postfix(space, receivers)
        wait_for_dns(space, [RESOLVER])
        wait_for_smtp(space, [one.address for one in receivers])
        options = {**live([RESOLVER]), "control-host": ["none"], "ca-file": [str(trusted)]}
        sentences = [f"MX hosts of {one.domain} meet MTA-STS" for one in DOMAINS]
        yield dict(
            zip([d.name for d in DOMAINS], judge_sentences(space, options, sentences), strict=True)
        )


@pytest.mark.parametrize("held", DOMAINS, ids=[one.name for one in DOMAINS])
def test_a_domain_ends_as_its_exchange_is_certified(held: Held, judged: dict[str, Judged]) -> None:
    assert judged[held.name].end == held.ends
