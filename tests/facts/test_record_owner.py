from __future__ import annotations

import pytest

from mailcheck.facts.record_owner import SubjectDomain


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
