"""host H resolves."""

from __future__ import annotations

import pytest

from mailcheck.checks.host.host_resolves import CHECK
from mailcheck.facts.dns import told
from mailcheck.testing import ending, judged, run_examples

HOST = "mail.example.com"
SENTENCE = f"host {HOST} resolves"


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("a", "aaaa", "ends"),
    [
        pytest.param("192.0.2.1", "2001:db8::1", "met", id="both families"),
        pytest.param("192.0.2.1", "NODATA", "met", id="IPv4 only"),
        pytest.param("NODATA", "2001:db8::1", "met", id="IPv6 only"),
        pytest.param("192.0.2.1", "TIMEOUT", "met", id="IPv4, IPv6 unknown"),
        pytest.param("SERVFAIL", "2001:db8::1", "met", id="IPv6, IPv4 unknown"),
        pytest.param("NXDOMAIN", "2001:db8::1", "met", id="denied for A, there for AAAA"),
        pytest.param("-> a.example | 192.0.2.1", "-> a.example", "met", id="through an alias"),
        pytest.param("10.0.0.1", "NODATA", "met", id="where it leads is judged elsewhere"),
        pytest.param("NODATA", "NODATA", "no-address", id="neither"),
        pytest.param("-> a.example", "-> a.example", "no-address", id="an alias without address"),
        pytest.param("NXDOMAIN", "NXDOMAIN", "no-such-domain", id="no such name"),
        pytest.param("NXDOMAIN", "TIMEOUT", "no-such-domain", id="NXDOMAIN speaks for both"),
        pytest.param(
            "TIMEOUT", "NXDOMAIN", "inconclusive: timeout", id="denied for AAAA only, A unknown"
        ),
        pytest.param("NODATA", "NXDOMAIN", "no-address", id="denied for AAAA only, no A"),
        pytest.param(
            "-> a.example | NXDOMAIN", "-> a.example | NXDOMAIN", "no-such-domain", id="dangling"
        ),
        pytest.param(
            "REFUSED-BY-AUTHORITY", "REFUSED-BY-AUTHORITY", "refused-by-authority", id="refused"
        ),
        pytest.param("REFUSED-BY-AUTHORITY", "NODATA", "refused-by-authority", id="refused for A"),
        pytest.param("REFUSED-BY-AUTHORITY", "2001:db8::1", "met", id="refused for A, has AAAA"),
        pytest.param(
            "REFUSED-BY-AUTHORITY", "TIMEOUT", "inconclusive: timeout", id="refused, AAAA unknown"
        ),
        pytest.param("NODATA", "TIMEOUT", "inconclusive: timeout", id="no A, AAAA unknown"),
        pytest.param("TIMEOUT", "NODATA", "inconclusive: timeout", id="A unknown, no AAAA"),
        pytest.param("TIMEOUT", "SERVFAIL", "inconclusive: timeout", id="nothing known"),
    ],
)
def test_one_address_is_enough(a: str, aaaa: str, ends: str) -> None:
    verdict = judged(CHECK, SENTENCE, told(f"{HOST} A", a), told(f"{HOST} AAAA", aaaa))
    assert ending(verdict) == (ends,)


def test_the_remedy_is_an_address_record() -> None:
    records = (told(f"{HOST} A", "NODATA"), told(f"{HOST} AAAA", "NODATA"))
    [remedy] = judged(CHECK, SENTENCE, *records).remedies
    assert remedy.publish == ("mail.example.com.  3600  IN  A  192.0.2.25",)


@pytest.mark.parametrize(
    ("answer", "denier", "instruction"),
    [
        pytest.param(
            "-> gone.example.org | NXDOMAIN",
            "example.org",
            "If example.org is yours, publish the name there:",
            id="the target is missing",
        ),
        pytest.param(
            "-> gone.example.org",
            "",
            "With the address of the host, which is gone.example.org:",
            id="the target has no address",
        ),
    ],
)
def test_no_address_is_proposed_beside_an_alias(answer: str, denier: str, instruction: str) -> None:
    """No server loads a CNAME with other data; the name that lacks the address is its target."""
    records = (told(f"{HOST} {rdtype}", answer, denier=denier) for rdtype in ("A", "AAAA"))
    [remedy] = judged(CHECK, SENTENCE, *records).remedies
    assert remedy.publish == ("gone.example.org.  3600  IN  A  192.0.2.25",)
    assert remedy.instruction.endswith(instruction)


def test_an_internationalised_host() -> None:
    name = "mail.xn--c1yn36f.example"
    records = (told(f"{name} A", "NODATA"), told(f"{name} AAAA", "NODATA"))
    verdict = judged(CHECK, "host mail.點看.example resolves", *records)
    assert verdict.reasons[0].text == "mail.點看.example has no A and no AAAA record"
