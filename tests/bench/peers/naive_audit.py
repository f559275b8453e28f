"""What somebody writes by hand: pytest, parametrized, with dnspython.

``BENCH_PORT`` is the resolver's port, ``BENCH_DOMAINS`` how many domains there are. Given to pytest
as a file; its name keeps it from being collected otherwise.
"""

from __future__ import annotations

import os

import dns.resolver
import pytest

DOMAINS = [f"a{number}.test" for number in range(int(os.environ["BENCH_DOMAINS"]))]

TEXTS = {
    "": "v=spf1",
    "_dmarc.": "v=DMARC1",
    "_smtp._tls.": "v=TLSRPTv1",
    "mail._domainkey.": "v=DKIM1",
}

resolver = dns.resolver.Resolver(configure=False)
resolver.nameservers = ["127.0.0.1"]
resolver.port = int(os.environ["BENCH_PORT"])


@pytest.mark.parametrize("domain", DOMAINS)
def test_has_mx(domain: str) -> None:
    assert resolver.resolve(domain, "MX")


@pytest.mark.parametrize("domain", DOMAINS)
def test_mx_hosts_resolve(domain: str) -> None:
    for record in resolver.resolve(domain, "MX"):
        assert resolver.resolve(record.exchange, "A")


@pytest.mark.parametrize("label", ["mail", "www"])
@pytest.mark.parametrize("domain", DOMAINS)
def test_host_resolves(domain: str, label: str) -> None:
    assert resolver.resolve(f"{label}.{domain}", "A")


@pytest.mark.parametrize("domain", DOMAINS)
def test_ehlo_name_resolves(domain: str) -> None:
    assert resolver.resolve(f"mail.{domain}", "A")


@pytest.mark.parametrize("domain", DOMAINS)
def test_cname_is(domain: str) -> None:
    records = resolver.resolve(f"autoconfig.{domain}", "CNAME")
    assert [record.target.to_text() for record in records] == [f"mail.{domain}."]


@pytest.mark.parametrize("prefix", TEXTS)
@pytest.mark.parametrize("domain", DOMAINS)
def test_txt_includes(domain: str, prefix: str) -> None:
    records = resolver.resolve(prefix + domain, "TXT")
    assert any(TEXTS[prefix] in record.to_text() for record in records)
