"""How the absence of a name is told."""

from __future__ import annotations

import pytest

from mailcheck.facts.dns import DnsAnswer, told
from mailcheck.facts.existence import absence, denies_the_name, remedy_of_absence
from mailcheck.finding import Reason

RECORD = "a.example.com.  3600  IN  A  192.0.2.1"


def answer(name: str, said: str, denier: str = "") -> DnsAnswer:
    fact = told(f"{name} MX", said, denier=denier)[1]
    assert isinstance(fact, DnsAnswer)
    return fact


@pytest.mark.parametrize(
    ("name", "said", "denier", "text", "about"),
    [
        pytest.param("a.example", "NXDOMAIN", "", "a.example does not exist", "", id="no SOA"),
        pytest.param(
            "exmaple.com",
            "NXDOMAIN",
            "com",
            "exmaple.com does not exist: denied by the zone com, so the domain is mistyped, "
            "expired or on hold",
            "com",
            id="denied by the registry",
        ),
        pytest.param(
            "mail.example.com",
            "NXDOMAIN",
            "example.com",
            "mail.example.com does not exist: denied by the zone example.com",
            "example.com",
            id="denied by the domain's own zone",
        ),
        pytest.param(
            "a.exmaple",
            "NXDOMAIN",
            ".",
            "a.exmaple does not exist: denied by the root zone",
            ".",
            id="denied by the root",
        ),
        pytest.param(
            "a.example.com",
            "NXDOMAIN",
            "evil.example.net",
            "a.example.com does not exist",
            "evil.example.net",
            id="an SOA from elsewhere is not named",
        ),
        pytest.param(
            "a.example.com",
            "-> b.example.net | NXDOMAIN",
            "net",
            "a.example.com is an alias of b.example.net, which does not exist",
            "net",
            id="a dangling alias",
        ),
        pytest.param(
            "xn--c1yn36f.example",
            "NXDOMAIN",
            "",
            "點看.example does not exist",
            "",
            id="U-labels for people",
        ),
    ],
)
def test_a_denied_name_does_not_exist(
    name: str, said: str, denier: str, text: str, about: str
) -> None:
    reason = absence(answer(name, said, denier))
    assert reason is not None
    assert (reason.tag, reason.text, reason.about) == ("no-such-domain", text, about)


def test_a_refusal_names_the_zone() -> None:
    reason = absence(answer("a.b.example", "REFUSED-BY-AUTHORITY", "b.example"))
    assert reason is not None
    assert reason.tag == "refused-by-authority"
    assert reason.text == "all name servers of b.example refuse to answer"
    assert reason.about == "b.example"


@pytest.mark.parametrize("said", ["NODATA", "10 mx.example.", "-> b.example"])
def test_a_name_without_the_record_exists(said: str) -> None:
    assert absence(answer("a.example", said)) is None


@pytest.mark.parametrize(
    ("denier", "publishes"),
    [
        pytest.param("com", False, id="a registry denies it"),
        pytest.param(".", False, id="the root denies it"),
        pytest.param("example.com", True, id="a zone that may be one's own denies it"),
        pytest.param("", True, id="nobody said who denies it"),
    ],
)
def test_a_record_is_offered_where_it_could_be_published(denier: str, *, publishes: bool) -> None:
    remedy = remedy_of_absence(Reason("no-such-domain", "", denier), "a.example.com", RECORD)
    assert remedy is not None
    assert remedy.publish == ((RECORD,) if publishes else ())
    assert "registrar" in remedy.instruction


@pytest.mark.parametrize(
    "reason",
    [
        pytest.param(Reason("no-such-domain", "", "example"), id="no such domain"),
        pytest.param(Reason("refused-by-authority", "", "xn--c1yn36f.example"), id="refused"),
    ],
)
def test_remedies_speak_of_u_labels(reason: Reason) -> None:
    remedy = remedy_of_absence(reason, "xn--c1yn36f.example", RECORD)
    assert remedy is not None
    assert "點看.example" in remedy.instruction


@pytest.mark.parametrize(
    ("name", "denier", "whose"),
    [
        pytest.param("_dmarc.example.com", "com", "the registrar of example.com,", id="below it"),
        pytest.param("example.com", "com", "its registrar,", id="the domain itself"),
        pytest.param("a.example.co.uk", "co.uk", "its registrar,", id="perhaps a registry"),
        pytest.param("a.example.com", "", "its registrar,", id="nobody knows"),
        pytest.param("a.example.com", "org", "its registrar,", id="behind an alias"),
    ],
)
def test_a_registrar_is_asked_about_what_it_registers(name: str, denier: str, whose: str) -> None:
    remedy = remedy_of_absence(Reason("no-such-domain", "", denier), name, RECORD)
    assert remedy is not None
    assert f"with {whose} whether" in remedy.instruction


def test_other_reasons_have_remedies_of_their_own() -> None:
    assert remedy_of_absence(Reason("no-mx", ""), "a.example.com", RECORD) is None


def test_every_record_the_name_should_have_is_offered() -> None:
    remedy = remedy_of_absence(Reason("no-such-domain", ""), "a.example.com", RECORD, "more")
    assert remedy is not None
    assert remedy.publish == (RECORD, "more")


@pytest.mark.parametrize(
    ("rdtype", "said", "denies"),
    [
        pytest.param("A", "NXDOMAIN", True, id="A"),
        pytest.param("MX", "NXDOMAIN", True, id="MX"),
        pytest.param("AAAA", "NXDOMAIN", False, id="AAAA, as broken load balancers do"),
        pytest.param("A", "NODATA", False, id="no such record"),
        pytest.param("A", "REFUSED-BY-AUTHORITY", False, id="refused"),
    ],
)
def test_nxdomain_denies_all_types_but_about_aaaa(rdtype: str, said: str, *, denies: bool) -> None:
    fact = told(f"a.example {rdtype}", said)[1]
    assert isinstance(fact, DnsAnswer)
    assert denies_the_name(fact) is denies


@pytest.mark.parametrize(
    ("name", "denier", "registrar"),
    [
        pytest.param("_dmarc.example.com", "example.com", False, id="no registry has such names"),
        pytest.param("_dmarc.example.co.uk", "co.uk", True, id="one above may be a registry's"),
        pytest.param("www.example.com", "example.com", True, id="a name like any other"),
    ],
)
def test_no_registrar_is_asked_about_an_underscore(
    name: str, denier: str, *, registrar: bool
) -> None:
    remedy = remedy_of_absence(Reason("no-such-domain", "", denier), name, RECORD)
    assert remedy is not None
    assert ("registrar" in remedy.instruction) is registrar
    assert f"If {denier} is yours, publish the name there:" in remedy.instruction
