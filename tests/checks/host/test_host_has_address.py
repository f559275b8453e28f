"""host H has address X."""

from __future__ import annotations

import pytest

from mailcheck.checks.host.host_has_address import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.testing import ending, judged, run_examples

HOST = "mail.example.com"
V4 = f"host {HOST} has address 192.0.2.1"
V6 = f'host {HOST} has address "2001:db8::1"'
BOTH = f"host {HOST} has address 192.0.2.1, 2001:db8:0:0:0:0:0:1"


def only(sentence: str) -> str:
    return f"'{sentence}': {{only: true}}"


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("sentence", "a", "aaaa", "ends"),
    [
        pytest.param(V4, "192.0.2.1", "TIMEOUT", "met", id="IPv6 is not asked for"),
        pytest.param(V4, "TIMEOUT", "2001:db8::1", "inconclusive: timeout", id="IPv4 unknown"),
        pytest.param(V4, "192.0.2.9 | 192.0.2.1", "NODATA", "met", id="among others"),
        pytest.param(V4, "-> a.example | 192.0.2.1", "NODATA", "met", id="through an alias"),
        pytest.param(V4, "192.0.2.9", "TIMEOUT", "missing-address", id="another address"),
        pytest.param(V4, "NODATA", "TIMEOUT", "missing-address", id="no IPv4"),
        pytest.param(V4, "NXDOMAIN", "TIMEOUT", "no-such-domain", id="no such host"),
        pytest.param(V4, "REFUSED-BY-AUTHORITY", "TIMEOUT", "refused-by-authority", id="refused"),
        pytest.param(V6, "TIMEOUT", "2001:DB8::1", "met", id="IPv4 is not asked for"),
        pytest.param(V6, "192.0.2.1", "NODATA", "missing-address", id="IPv4 only"),
        pytest.param(V6, "NODATA", "::ffff:192.0.2.1", "missing-address", id="IPv4 in disguise"),
        pytest.param(V4, "NODATA", "::ffff:192.0.2.1", "missing-address", id="disguise is no A"),
        pytest.param(BOTH, "192.0.2.1", "2001:db8::1", "met", id="one of each"),
        pytest.param(BOTH, "192.0.2.1", "NODATA", "missing-address", id="IPv6 is missing"),
        pytest.param(BOTH, "192.0.2.1", "TIMEOUT", "inconclusive: timeout", id="IPv6 is unknown"),
        pytest.param(BOTH, "192.0.2.9", "TIMEOUT", "missing-address", id="IPv4 decides already"),
        pytest.param(BOTH, "TIMEOUT", "2001:db8::9", "missing-address", id="IPv6 decides already"),
        pytest.param(BOTH, "NXDOMAIN", "TIMEOUT", "no-such-domain", id="NXDOMAIN speaks for both"),
        pytest.param(only(V4), "192.0.2.1", "NODATA", "met", id="only this"),
        pytest.param(only(V4), "192.0.2.1 | 192.0.2.9", "NODATA", "other-address", id="one more"),
        pytest.param(only(V4), "192.0.2.1", "2001:db8::1", "other-address", id="one more in IPv6"),
        pytest.param(only(V4), "192.0.2.1", "TIMEOUT", "inconclusive: timeout", id="perhaps more"),
        pytest.param(
            only(V4), "192.0.2.1 | 192.0.2.9", "TIMEOUT", "other-address", id="more already"
        ),
        pytest.param(only(V4), "192.0.2.9", "TIMEOUT", "missing-address", id="missing already"),
        pytest.param(only(V6), "NXDOMAIN", "2001:db8::1", "met", id="denied for A, right for AAAA"),
        pytest.param(only(BOTH), "192.0.2.1", "2001:db8::1", "met", id="only these two"),
        pytest.param(
            BOTH, "192.0.2.1", "REFUSED-BY-AUTHORITY", "refused-by-authority", id="refused for AAAA"
        ),
        pytest.param(
            only(V4),
            "192.0.2.1",
            "REFUSED-BY-AUTHORITY",
            "refused-by-authority",
            id="refused for the family that must be empty",
        ),
        pytest.param(V4, "192.0.2.1", "REFUSED-BY-AUTHORITY", "met", id="refused, not asked for"),
        pytest.param(
            V4, "TIMEOUT", "NXDOMAIN", "inconclusive: timeout", id="denied for AAAA, not asked for"
        ),
        pytest.param(
            only(V4), "TIMEOUT", "NXDOMAIN", "inconclusive: timeout", id="denied for AAAA only"
        ),
        pytest.param(BOTH, "192.0.2.1", "NXDOMAIN", "missing-address", id="no AAAA, in odd words"),
        pytest.param(
            V4, "192.0.2.9 | ...", "NODATA", "inconclusive: too-many-records", id="perhaps unread"
        ),
        pytest.param(V4, "192.0.2.1 | ...", "NODATA", "met", id="seen among very many"),
        pytest.param(
            only(V4), "192.0.2.1 | ...", "NODATA", "inconclusive: too-many-records", id="others"
        ),
        pytest.param(
            only(V4), "192.0.2.1 | 192.0.2.9 | ...", "NODATA", "other-address", id="others seen"
        ),
    ],
)
def test_the_families_concerned_decide(sentence: str, a: str, aaaa: str, ends: str) -> None:
    verdict = judged(CHECK, sentence, told(f"{HOST} A", a), told(f"{HOST} AAAA", aaaa))
    assert ends in ending(verdict)


def test_a_family_that_is_refused_is_not_called_missing() -> None:
    records = (told(f"{HOST} A", "192.0.2.1"), told(f"{HOST} AAAA", "REFUSED-BY-AUTHORITY"))
    verdict = judged(CHECK, BOTH, *records)
    assert verdict.tags == ("refused-by-authority",)
    assert "Load the zone" in verdict.remedies[0].instruction


def test_missing_and_too_many_are_both_said() -> None:
    records = (told(f"{HOST} A", "198.51.100.7"), told(f"{HOST} AAAA", "NODATA"))
    verdict = judged(CHECK, only(V4), *records)
    assert verdict.tags == ("missing-address", "other-address")
    assert [r.text for r in verdict.reasons] == [
        "mail.example.com does not have the address 192.0.2.1",
        "mail.example.com also has 198.51.100.7",
    ]
    assert [r.publish for r in verdict.remedies] == [
        ("mail.example.com.  3600  IN  A  192.0.2.1",),
        ("mail.example.com.  3600  IN  A  192.0.2.1",),
    ]


def test_each_missing_address_is_a_record_to_publish() -> None:
    records = (told(f"{HOST} A", "NODATA"), told(f"{HOST} AAAA", "NODATA"))
    verdict = judged(CHECK, BOTH, *records)
    assert [r.publish for r in verdict.remedies] == [
        ("mail.example.com.  3600  IN  A  192.0.2.1",),
        ("mail.example.com.  3600  IN  AAAA  2001:db8::1",),
    ]


def test_a_host_that_does_not_exist_gets_all_its_records() -> None:
    [remedy] = judged(
        CHECK, BOTH, told(f"{HOST} A", "NXDOMAIN"), told(f"{HOST} AAAA", "NXDOMAIN")
    ).remedies
    assert len(remedy.publish) == 2


def test_a_flood_of_other_addresses_is_cut_short() -> None:
    flood = " | ".join(f"198.51.{i // 250}.{i % 250}" for i in range(500))
    records = (told(f"{HOST} A", f"192.0.2.1 | {flood}"), told(f"{HOST} AAAA", "NODATA"))
    verdict = judged(CHECK, only(V4), *records)
    assert verdict.tags == ("other-address",)
    assert len(verdict.reasons[0].text) < 400


def test_an_address_said_twice_is_missing_once() -> None:
    verdict = judged(CHECK, f"{V4}, 192.0.2.1", told(f"{HOST} A", "NODATA"))
    assert len(verdict.reasons) == 1


@pytest.mark.parametrize("address", ["192.0.2.256", "mail", "192.0.2.1,", "fe80::1%eth0"])
def test_bad_input_is_no_verdict(address: str) -> None:
    with pytest.raises(SourceError):
        judged(CHECK, f'host {HOST} has address "{address}"')


@pytest.mark.parametrize(
    ("answer", "record"),
    [
        pytest.param(
            "-> gone.example.org | NXDOMAIN",
            "gone.example.org.  3600  IN  A  192.0.2.1",
            id="the target is missing",
        ),
        pytest.param(
            "-> web.example.org | 192.0.2.9",
            "mail.example.com.  3600  IN  A  192.0.2.1  ; in place of its CNAME record",
            id="the target is somewhere else",
        ),
    ],
)
def test_no_address_is_proposed_beside_an_alias(answer: str, record: str) -> None:
    """No server loads a CNAME with other data."""
    asked = told("mail.example.com A", answer, denier="example.org" if "NX" in answer else "")
    [remedy] = judged(CHECK, "host mail.example.com has address 192.0.2.1", asked).remedies
    assert remedy.publish == (record,)
