"""Sentences about MTA-STS, against nginx as it is configured well and badly."""

from __future__ import annotations

import dataclasses
import ipaddress
from typing import TYPE_CHECKING

import pytest

from .certified import write_certificates
from .internet import APEX, add_unbound, internet
from .judging import judge_sentences, live
from .nginx import PolicyHost, requests, start_nginx
from .real_lab import wait_for_dns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .judging import Judged
    from .namespace import Namespace

pytestmark = pytest.mark.servers("nginx", "unbound", "nsd", "ip")

RESOLVER = ipaddress.ip_address("198.51.100.1")
LARGE = "x: " + "y" * 70_000 + "\n"


def policy(name: str, more: str = "") -> str:
    return f"version: STSv1\nmode: enforce\nmx: {name}.sts.example\nmax_age: 2419200\n{more}"


def host(last: int, name: str, kind: str = "good", *, more: str = "", **what: str) -> PolicyHost:
    address = ipaddress.ip_address(f"192.0.2.{last}")
    made = PolicyHost(f"mta-sts.{name}.sts.example", address, policy(name, more), kind)
    return dataclasses.replace(made, **what)  # type: ignore[arg-type]  # keywords of one table


TEXT = "types { text/plain txt; }"

HOSTS = {
    "good": (host(1, "good"), "met"),
    "charset": (host(2, "charset", settings=f"{TEXT} charset utf-8; gzip on; gzip_types *;"), "met"),
    # Two domains at one address: each has its own certificate, and its own policy.
    "first": (host(3, "first"), "met"),
    "second": (host(3, "second"), "met"),
    "misnamed": (host(4, "misnamed", "misnamed"), "other-certificate"),
    "expired": (host(5, "expired", "expired"), "certificate-expired"),
    "own": (host(6, "own", "self-signed"), "self-signed, other-certificate"),
    "alone": (host(7, "alone", "without-chain"), "chain-incomplete"),
    "moved": (host(8, "moved", settings="return 301 https://www.sts.example$request_uri;"), "redirected"),
    "gone": (host(9, "gone", settings="location / { return 404; }"), "not-served"),
    "page": (host(10, "page", settings="types { text/html txt; }"), "not-plain-text"),
    "usual": (host(11, "usual", settings="include /etc/nginx/mime.types;"), "met"),
    "octets": (host(12, "octets", settings="types { }"), "not-plain-text"),
    "large": (host(13, "large", more=LARGE), "policy-too-large"),
    "shuts": (host(14, "shuts", settings="return 444;"), "inconclusive: connection-closed"),
    "busy": (host(15, "busy", settings="return 503;"), "inconclusive: service-unavailable"),
    "old": (
        host(16, "old", settings=f"{TEXT} ssl_protocols TLSv1.1; ssl_ciphers DEFAULT:@SECLEVEL=0;"),
        "old-tls",
    ),
    "clear": (host(17, "clear", listens="", settings=f"{TEXT}"), "no-tls"),
    "rejects": (host(18, "rejects", settings="ssl_reject_handshake on;"), "no-tls"),
    "short": (host(19, "short", "short"), "met"),
    "other": (host(20, "other", policy=policy("good")), "mx-not-covered"),
    "crlf": (host(21, "crlf", policy=policy("crlf").replace("\n", "\r\n")), "met"),
    "blank": (host(22, "blank", policy=policy("blank") + "\n"), "malformed-policy"),
}  # fmt: skip
"""What nginx is told, and what the sentence comes to."""

ZONE = APEX + "".join(
    f"{name} A 192.0.2.200\nmta-sts.{name} A {one.address}\n"
    f'_mta-sts.{name} TXT "v=STSv1; id=1"\n{name} MX 10 {name}\n'
    for name, (one, _) in HOSTS.items()
)


@pytest.fixture(scope="module")
def stage(folder: Path) -> Iterator[tuple[Namespace, dict[str, list[str]]]]:
    with internet(folder, {"sts.example": ZONE}) as space:
        hosts = [one for one, _ in HOSTS.values()]
        kinds = {f"{one.name}.pem": (one.kind, one.name) for one in hosts}
        trusted = write_certificates(folder, kinds)
        add_unbound(space, RESOLVER)
        space.add_addresses({one.address for one in hosts})
        wait_for_dns(space, [RESOLVER])
        start_nginx(space, hosts)
        yield space, {**live([RESOLVER]), "ca-file": [str(trusted)]}


@pytest.fixture(scope="module")
def judged(stage: tuple[Namespace, dict[str, list[str]]]) -> dict[str, Judged]:
    """The verdicts of one run, by the host."""
    space, options = stage
    sentences = [f"MTA-STS of {name}.sts.example is valid" for name in HOSTS]
    return dict(zip(HOSTS, judge_sentences(space, options, sentences), strict=True))


@pytest.mark.parametrize("name", HOSTS)
def test_a_policy_host_ends_as_it_is_configured(name: str, judged: dict[str, Judged]) -> None:
    assert set(judged[name].end.split(", ")) == set(HOSTS[name][1].split(", "))


def test_a_certificate_that_ends_soon_is_advised(judged: dict[str, Judged]) -> None:
    assert judged["short"].advice == ("certificate-ends-soon",)
    assert judged["good"].advice == ()


def test_each_policy_is_asked_for_once_and_nothing_else_is(
    stage: tuple[Namespace, dict[str, list[str]]], judged: dict[str, Judged]
) -> None:
    assert judged
    lines = [line for line in requests(stage[0]) if '"GET ' in line]
    assert all('"GET /.well-known/mta-sts.txt HTTP/1.1"' in line for line in lines)
    # One speaks no TLS, and one rejects every handshake.
    assert len(lines) == len(HOSTS) - 2
