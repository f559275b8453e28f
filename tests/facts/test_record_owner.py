from __future__ import annotations

import pytest

from mailcheck.facts.dns import DnsAnswer
from mailcheck.facts.record_owner import SubjectDomain, without_dot


class _Given(SubjectDomain):
    owners = ("_dmarc", "mta-sts")


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        pytest.param("Example.com.", "example.com", id="a-domain"),
        pytest.param("_spf.example.com", "_spf.example.com", id="the-name-of-another-record"),
        pytest.param("dmarc.example.com", "dmarc.example.com", id="a-name-without-underscore"),
        pytest.param("a.mta-sts.example.com", "a.mta-sts.example.com", id="further-behind"),
    ],
)
def test_a_domain(text: str, domain: str) -> None:
    assert _Given.parse(text) == domain


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("_dmarc.example.com", "write example.com", id="the-name-of-the-record"),
        pytest.param("_DMARC.bücher.example", "write bücher.example", id="in-capitals"),
        pytest.param("mta-sts.example.com", "write example.com", id="a-host"),
        pytest.param("_dmarc._dmarc.example.com", "write example.com", id="twice"),
        pytest.param("a.b._report._dmarc.example.com", "write example.com", id="further-behind"),
        pytest.param("_dmarc", "write the domain itself", id="nothing-behind-it"),
    ],
)
def test_the_name_of_a_record(text: str, meant: str) -> None:
    with pytest.raises(ValueError, match=f"is the name of a record, .*{meant}$"):
        _Given.parse(text)


@pytest.mark.parametrize(
    ("denier", "aliases", "doubled"),
    [
        pytest.param("example.com", (), "_x.a.example.com.example.com", id="its-zone"),
        pytest.param("a.example.com", (), "_x.a.example.com.a.example.com", id="a-zone-of-its-own"),
        pytest.param("com", (), "_x.a.example.com.a.example.com", id="no-zone"),
        pytest.param("", (), "_x.a.example.com.a.example.com", id="not-known"),
        pytest.param("e.fg", ("e.fg",), "_x.a.example.com.a.example.com", id="an-alias"),
    ],
)
def test_the_dot_that_is_missing(denier: str, aliases: tuple[str, ...], doubled: str) -> None:
    answer = DnsAnswer("_x.a.example.com", "TXT", "nxdomain", aliases=aliases, denier=denier)
    assert without_dot("a.example.com", answer) == doubled
