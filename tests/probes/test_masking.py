"""A secret goes out in a query, and comes back in nothing."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import dns.name
import pytest
from dns.rdtypes.ANY.TXT import TXT

from mailcheck.evidence import Evidence
from mailcheck.facts.dns import DnsAnswer, DnsQuery, ServerQuery, Source, name_server
from mailcheck.facts.records import normal_name, record
from mailcheck.facts.referral import hosts_named
from mailcheck.probes.masking import MISSING, Secrets, has_secret, unmasked
from mailcheck.question import Unobserved
from mailcheck.secrets import Secret

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "s3cr3t-Key"
MASK = "${env:LIST_KEY}"
KEYS = {"list.example": Secret("LIST_KEY")}
ASKED = DnsQuery(f"2.0.0.127.{MASK}.list.example", "A")


def strings(value: Any) -> Iterator[str]:
    """Yield every text in *value*."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from strings(one)
    elif dataclasses.is_dataclass(value):
        for one in dataclasses.fields(value):
            yield from strings(getattr(value, one.name))
    elif hasattr(value, "to_text"):
        yield value.to_text()


def test_the_question_gets_its_value() -> None:
    found = unmasked(ASKED, {"LIST_KEY": KEY})
    assert isinstance(found, tuple)
    assert found[0] == DnsQuery(f"2.0.0.127.{KEY}.list.example", "A")


def test_so_does_a_question_to_one_server() -> None:
    question = ServerQuery(ASKED.name, "A", name_server("192.0.2.1"), recursive=True)
    found = unmasked(question, {"LIST_KEY": KEY})
    assert isinstance(found, tuple)
    assert found[0] == dataclasses.replace(question, name=f"2.0.0.127.{KEY}.list.example")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(f"2.0.0.127.{MASK}.list.example", True, id="under its zone"),
        pytest.param(f"{MASK}.list.example", True, id="the apex"),
        pytest.param(f"2.0.0.127.{MASK}.evil.example", False, id="under another"),
        pytest.param(f"2.0.0.127.{MASK}.list.example.evil.example", False, id="and another yet"),
        pytest.param("2.0.0.127.${env:HOME}.list.example", False, id="another variable"),
        pytest.param(f"{MASK}.{MASK}.list.example", False, id="twice"),
        pytest.param("mail.list.example", False, id="none"),
    ],
)
def test_a_key_is_sent_under_the_zone_it_belongs_to(name: str, *, expected: bool) -> None:
    assert has_secret(DnsQuery(name, "A"), KEYS) == expected


def test_where_there_are_no_keys_none_is_sent() -> None:
    assert not has_secret(ASKED, {})


@pytest.mark.parametrize("name", ["${env:LIST_KEY}", "${env:}", "x.${env:LIST_KEY}"])
def test_a_name_that_a_server_gave_names_no_secret(name: str) -> None:
    given = normal_name(dns.name.Name([name.encode(), b"evil", b"example", b""]))
    assert "${env:" in given
    # Lower case is what names from the wire have; nothing else keeps them apart from ours.
    for asked in (DnsQuery(given, "A"), DnsQuery(given.replace("list_key", "LIST_KEY"), "A")):
        assert not has_secret(asked, KEYS)
        found = unmasked(asked, {"LIST_KEY": KEY, "list_key": KEY})
        assert isinstance(found, tuple)
        assert found[0] == asked


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(None, id="not set"),
        pytest.param("", id="empty"),
        pytest.param("a.b", id="two labels"),
        pytest.param("a b", id="a space"),
        pytest.param("x" * 64, id="too long for a label"),
    ],
)
def test_a_value_that_fits_no_label_is_not_sent_and_not_shown(value: str | None) -> None:
    found = unmasked(ASKED, {} if value is None else {"LIST_KEY": value})
    assert isinstance(found, Unobserved)
    assert (found.cause, found.not_evaluated) == (MISSING, True)
    assert "LIST_KEY" in found.text
    assert not value or value not in found.text


ECHOED = DnsAnswer(
    f"2.0.0.127.{KEY}.list.example",
    "TXT",
    "data",
    (record("TXT", f'"https://list.example/?key={KEY.upper()}"'), record("TXT", '"quiet"')),
    aliases=(f"x.{KEY}.list.example",),
    denier=f"{KEY.lower()}.list.example",
    cut=f"{KEY}.list.example",
    delegated_to=(f"ns.{KEY}.list.example",),
    glue=(name_server("192.0.2.1", f"ns.{KEY}.list.example"),),
    extended=f"Blocked (15): {KEY}",
    source=Source("192.0.2.53", command=f"dig 2.0.0.127.{KEY}.list.example"),
)

FAILED = Unobserved(
    "servfail",
    f"SERVFAIL for {KEY}",
    (Evidence(f"2.0.0.127.{KEY}.list.example A", "SERVFAIL", "from x", f"dig {KEY}"),),
    traceback=f"module:1 in ask: {KEY}",
)


@pytest.mark.parametrize("said", [ECHOED, FAILED])
def test_nothing_that_comes_back_holds_it(said: DnsAnswer | Unobserved) -> None:
    before = "\n".join(strings(said)).lower()
    assert before.count(KEY.lower()) > 2
    given: list[Any] = []
    Secrets({KEY: MASK}).delivering(given.append)(said)
    after = "\n".join(strings(given[0]))
    assert KEY.lower() not in after.lower()
    assert MASK in after
    if isinstance(given[0], DnsAnswer):
        assert given[0].name == f"2.0.0.127.{MASK}.list.example"
        assert "quiet" in after
        assert KEY.lower() not in repr(given[0].evidence).lower()


def test_a_text_divided_within_the_secret_does_not_hold_it() -> None:
    said = DnsAnswer("a.example", "TXT", "data", (record("TXT", '"?key=s3cr3t" "-Key&x"'),))
    masked = Secrets({KEY: MASK}).masked(said)
    assert isinstance(masked, DnsAnswer)
    assert b"".join(masked.of(TXT)[0].strings) == b"?key=masked&x"


@pytest.mark.parametrize(
    ("key", "text"), [("27", "A 127.0.0.2"), ("abc", "TXT " + "abc" * 85)], ids=["digits", "long"]
)
def test_a_short_secret_breaks_no_record(key: str, text: str) -> None:
    said = DnsAnswer("a.example", "A", "data", (record(*text.split()),))
    assert isinstance(Secrets({key: MASK}).masked(said), DnsAnswer)


def test_servers_named_with_a_key_can_be_asked_for() -> None:
    zone = f"{KEY}.list.example"
    records = (record("NS", f"ns.{zone}."), record("NS", "ns.example.net."))
    said = Secrets({KEY: MASK}).masked(DnsAnswer(zone, "NS", "data", records))
    assert isinstance(said, DnsAnswer)
    assert hosts_named(said) == (f"ns.{MASK}.list.example", "ns.example.net")
    assert all(has_secret(DnsQuery(name, "A"), KEYS) for name in hosts_named(said)[:1])
    assert said.evidence[0].result == f"ns.{MASK}.list.example. | ns.example.net."
    quiet = DnsAnswer("list.example", "NS", "data", records[1:])
    assert Secrets({KEY: MASK}).masked(quiet) == quiet


def test_what_has_no_secret_comes_back_as_it_was() -> None:
    quiet = DnsAnswer("a.example", "A", "data", (record("A", "127.0.0.2"),), ttl=60)
    assert Secrets({KEY: MASK}).masked(quiet) == quiet


def test_what_was_cut_within_a_key_shows_no_part_of_it() -> None:
    cut = Unobserved("servfail", f"the server says {'x' * 60}{KEY[:6]}… (and more)")
    said = Secrets({KEY: MASK}).masked(cut)
    assert isinstance(said, Unobserved)
    assert said.text == f"the server says {'x' * 60}{MASK}… (and more)"


def test_a_command_can_be_pasted_where_the_variable_is_set() -> None:
    line = Evidence("x A", "NXDOMAIN", "from y", f"dig @192.0.2.1 2.0.0.127.{KEY}.list.example A")
    said = Secrets({KEY: MASK}).masked(Unobserved("timeout", evidence=(line,)))
    assert isinstance(said, Unobserved)
    assert said.evidence[0].command == 'dig @192.0.2.1 2.0.0.127."$LIST_KEY".list.example A'


def test_a_percent_encoded_key_is_masked() -> None:
    coded = "".join(f"%{ord(c):02X}" if c in "-3" else c for c in KEY)
    said = DnsAnswer("x.example", "TXT", "data", (record("TXT", f'"https://x/?k={coded}"'),))
    masked = Secrets({KEY: MASK}).masked(said)
    assert isinstance(masked, DnsAnswer)
    assert masked.texts == ('"https://x/?k=masked"',)


@pytest.mark.parametrize(
    ("key", "rdtype", "text", "shown"),
    [
        pytest.param("7abcdefgh", "NS", r"\007abcdefgh.evil.", "masked.evil.", id="in an escape"),
        pytest.param("2026010101", "SOA", "a. b. 2026010101 1 2 3 4", r"\# 0 ", id="a number"),
        pytest.param("abc", "NS", f"{'abc' * 21}.evil.", r"\# 0 ", id="a label grows too long"),
    ],
)
def test_no_record_is_beyond_masking(key: str, rdtype: str, text: str, shown: str) -> None:
    said = Secrets({key: MASK}).masked(
        DnsAnswer("x.example", rdtype, "data", (record(rdtype, text),))
    )
    assert isinstance(said, DnsAnswer)
    assert said.texts == (shown,)


def test_what_cannot_be_masked_is_unknown_and_delivered() -> None:
    got: list[Any] = []
    Secrets({KEY: MASK}).delivering(got.append)(f"no answer, {KEY}")
    assert [said.cause for said in got] == ["probe-crashed"]
    assert not any(KEY in text for text in strings(got[0]))
