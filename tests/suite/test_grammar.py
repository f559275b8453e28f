"""Which check a sentence belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.catalogue import Catalogue
from mailcheck.names import Address, Domain, Port
from mailcheck.slots import slot
from mailcheck.suite.grammar import Grammar, spelled_out
from mailcheck.suite.titles import spelled
from mailcheck.template import tokens_of
from tests.suite.conftest import CATALOGUE, a_check

if TYPE_CHECKING:
    from mailcheck.check import Check

GRAMMAR = Grammar(CATALOGUE)


@dataclass(frozen=True, slots=True)
class Reach:
    host: Domain = slot("the host")
    ip: Address = slot("the address")
    port: Port = slot("the port", default=Port(25))


@dataclass(frozen=True, slots=True)
class ToIp:
    domain: Domain = slot("the domain")
    ip: Address = slot("the address")


@dataclass(frozen=True, slots=True, kw_only=True)
class How(ToIp):
    how: Literal["fails", "bounces"] = slot("how", subjects=())


@pytest.mark.parametrize(
    ("sentence", "check_id", "slots"),
    [
        pytest.param("domain has MX", "has-mx", {}, id="slot-left-out"),
        pytest.param("DOMAIN a.b Has mx", "has-mx", {"domain": "a.b"}, id="any-case"),
        pytest.param("not on DUL", "not-on", {"list": "DUL"}, id="beginning-left-out"),
        pytest.param("IP is not on DUL", "not-on", {"list": "DUL"}, id="slot-within-left-out"),
        pytest.param(
            'TXT of a.b includes "is not on"',
            "txt-includes",
            {"name": "a.b", "text": "is not on"},
            id="quoted-text-is-no-word",
        ),
        pytest.param(
            "not on a.example,  b.example", "not-on", {"list": "a.example, b.example"}, id="list"
        ),
    ],
)
def test_a_sentence_belongs_to_one_check(
    sentence: str, check_id: str, slots: dict[str, str]
) -> None:
    reading = GRAMMAR.read(tokens_of(sentence))
    assert reading is not None
    assert (reading.check_id, reading.slots) == (check_id, slots)


@pytest.mark.parametrize(
    "sentence", ["", "domain", '"domain" has MX', 'domain "has" MX', "domain a b has MX"]
)
def test_other_sentences_belong_to_none(sentence: str) -> None:
    assert GRAMMAR.read(tokens_of(sentence)) is None


@pytest.mark.parametrize(
    ("sentence", "slots"),
    [
        pytest.param("reach a.example", {"host": "a.example"}, id="a-name"),
        pytest.param("reach 192.0.2.1", {"ip": "192.0.2.1"}, id="an-address"),
        pytest.param("reach a..b", {"host": "a..b"}, id="neither-is-the-first-one's-fault"),
    ],
)
def test_of_forms_with_the_same_words_the_one_whose_slot_takes_it(
    sentence: str, slots: dict[str, str]
) -> None:
    grammar = Grammar(Catalogue({"reach": a_check("reach [{host}] [{ip}]", Reach)}))
    reading = grammar.read(tokens_of(sentence))
    assert reading is not None
    assert reading.slots == slots


def test_of_forms_that_do_not_fit_the_one_with_the_fewest_faults_is_blamed() -> None:
    checks = {
        "reaches": a_check("mail [of {domain}] reaches {ip}", ToIp),
        "fails": a_check("mail [of {domain}] {how} {ip}", How),
    }
    for order in (("reaches", "fails"), ("fails", "reaches")):
        grammar = Grammar(Catalogue({name: checks[name] for name in order}))
        reading = grammar.read(tokens_of("mail of a..b reaches 192.0.2.1"))
        assert reading is not None
        assert reading.check_id == "reaches"


@dataclass(frozen=True, slots=True)
class Key:
    selector: Domain = slot("the selector")
    domain: Domain = slot("the domain")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    selector: Domain = slot("the selector")
    key: Address = slot("what the key is")
    domain: Domain = slot("the domain")


@dataclass(frozen=True, slots=True)
class Passes:
    ip: Address = slot("the address")


@dataclass(frozen=True, slots=True)
class Fails:
    ip: Address = slot("the address")
    how: Literal["fails", "softfails"] = slot("what it does")


class Record(str):
    """A text that begins as an SPF record does."""

    __slots__ = ()
    expected = "an SPF record"

    @classmethod
    def parse(cls, text: str) -> Record:
        if not text.startswith("v=spf1"):
            raise ValueError(text)
        return cls(text)


@dataclass(frozen=True, slots=True)
class Is:
    record: Record = slot("the record")


SIGNED = Grammar(
    Catalogue(
        {
            "fails": a_check("SPF of a.example {how} for IP {ip}", Fails),
            "key-is": a_check("DKIM key {selector} [of {domain}] is {key}", Fingerprint),
            "key-is-valid": a_check("DKIM key {selector} [of {domain}] is valid", Key),
            "spf-is": a_check("SPF is {record}", Is),
            "passes": a_check("SPF of a.example passes for IP {ip}", Passes),
        }
    )
)


def test_of_forms_with_the_same_words_the_one_that_has_least_against_it() -> None:
    reading = SIGNED.read(tokens_of("DKIM key s1..example.com is valid"))
    assert reading is not None
    assert reading.check_id == "key-is-valid"


@given(st.text(), st.text(), st.booleans())
def test_what_is_rendered_is_read_with_the_same_texts(ip: str, listed: str, with_ip: bool) -> None:  # noqa: FBT001  drawn by name
    values = {"list": listed} | ({"ip": ip} if with_ip else {})
    check = CATALOGUE.checks["not-on"]
    sentence = check.template.render({name: spelled(text) for name, text in values.items()})
    assert GRAMMAR.read(tokens_of(sentence)) == ("not-on", check, values)


def test_a_known_subject_is_told_by_the_shortest_sentence_about_it() -> None:
    """So a suite with ``for`` imports no check that nobody says."""
    asked: list[str] = []

    class Asked(Catalogue):
        def check(self, check_id: str) -> Check[Any]:
            asked.append(check_id)
            return super().check(check_id)

    subjects = Grammar(Asked(CATALOGUE.checks)).subjects
    assert ["domain" in subjects, "domain" in subjects, asked] == [True, True, ["has-mx"]]
    assert "ehlo" in subjects


@pytest.mark.parametrize("key", ["dmain", "", "text"])
def test_what_fills_no_slot_is_no_subject(key: str) -> None:
    assert key not in GRAMMAR.subjects


def test_subjects_are_what_sentences_may_leave_out() -> None:
    assert tuple(GRAMMAR.subjects) == ("domain", "ip", "list", "ehlo", "port", "host")


def test_a_check_is_spelled_out_with_its_slots_in_braces() -> None:
    assert spelled_out(dict(CATALOGUE)["not-on"]) == "IP {ip} is not on {list}"
