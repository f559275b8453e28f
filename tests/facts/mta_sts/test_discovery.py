"""What senders discover: record, addresses, policies, and what of it is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.dns import told
from mailcheck.facts.mta_sts.discovery import Discovered, discovered, no_room, record_name
from mailcheck.facts.mta_sts.policy import Policy
from mailcheck.facts.mta_sts.told import told_policy
from mailcheck.facts.run import told_date
from mailcheck.facts.tls.handshake import told_tls
from mailcheck.facts.tls.trust import told_trust
from mailcheck.question import Unobserved
from tests.facts.smtp.test_hosts import found

if TYPE_CHECKING:
    from mailcheck.check import Told
    from mailcheck.facts.smtp.hosts import Families
    from mailcheck.finding import Part

HOST = "mta-sts.example.com"
BODY = "version: STSv1\nmode: none\nmax_age: 86400\n"
OTHER = "version: STSv1\nmode: none\nmax_age: 1\n"
RECORD = told("_mta-sts.example.com TXT", '"v=STSv1; id=1"')
KNOWN = (told_date("2026-01-31"), told_trust(told_tls(HOST)), told_trust(told_tls("x.example")))
NO_AAAA = told(f"{HOST} AAAA", "NODATA")
ONE = (told(f"{HOST} A", "192.0.2.1"), NO_AAAA)
TWO = (told(f"{HOST} A", "192.0.2.1 | 192.0.2.2"), NO_AAAA)
DUAL = (told(f"{HOST} A", "192.0.2.1"), told(f"{HOST} AAAA", "2001:db8::1"))
STRANGER = told_tls("x.example")


def fetched(last: int | str, says: str = BODY, **more: object) -> Told:
    address = last if isinstance(last, str) else f"192.0.2.{last}"
    return told_policy(f"{HOST} {address}", says, **more)  # type: ignore[arg-type]  # keywords of one table


def look(*answers: Told, families: Families = "any") -> Discovered:
    seen: Discovered = found(discovered("example.com", families), *answers, *KNOWN)
    return seen


def shown(part: Part) -> list[str]:
    if isinstance(part, Unobserved):
        return [f"? {part.cause}"]
    unknown = [f"? {part.unknown.cause}"] if part.unknown else []
    advice = [f"+ {advice.tag}" for advice in part.advice]
    return [reason.tag for reason in part.reasons] + unknown + advice


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param('"v=STSv1; id=1"', [], id="one"),
        pytest.param('"v=STSv1; " "id=1"', [], id="in two strings"),
        pytest.param('"v=STSv1; id=1" | "v=spf1 -all"', [], id="beside another text"),
        pytest.param('"v=STSv1; id=1" | "v=STSv1; id=2"', ["several-records"], id="two"),
        pytest.param('"v=STSv1; id=1-2"', ["malformed-record"], id="malformed"),
        pytest.param('"v=spf1 -all"', ["no-record"], id="another text alone"),
        pytest.param("NODATA", ["no-record"], id="no text"),
        pytest.param("NXDOMAIN", ["no-record"], id="no such name"),
        pytest.param('-> p.example | "v=STSv1; id=1"', [], id="at the end of an alias"),
        pytest.param("-> p.example | NXDOMAIN", ["no-record"], id="an alias that leads nowhere"),
        pytest.param('"v=STSv1; id=1" | ...', ["? too-many-records"], id="of too many"),
        pytest.param('"v=spf1 -all" | ...', ["? too-many-records"], id="not among too many"),
        pytest.param("REFUSED", ["? refused"], id="a resolver that refuses"),
        pytest.param("REFUSED-BY-AUTHORITY", ["refused-by-authority"], id="all refuse"),
        pytest.param("TIMEOUT", ["? timeout"], id="silence"),
    ],
)
def test_the_record(texts: str, expected: list[str]) -> None:
    seen = look(told("_mta-sts.example.com TXT", texts), *ONE, fetched(1))
    assert shown(seen.record) == expected


def test_without_a_record_nobody_looks_for_a_policy() -> None:
    seen = look(told("_mta-sts.example.com TXT", "NODATA"))
    assert (shown(seen.served), seen.policies) == ([], ())


@pytest.mark.parametrize("texts", ['"v=STSv1; id=-"', "TIMEOUT"])
def test_with_a_bad_one_the_policy_is_looked_at_all_the_same(texts: str) -> None:
    seen = look(told("_mta-sts.example.com TXT", texts), *ONE, fetched(1))
    assert seen.policies == (Policy("none", 86400),)


@pytest.mark.parametrize(
    ("answers", "expected", "policies"),
    [
        pytest.param((*ONE, fetched(1)), [], 1, id="one address"),
        pytest.param((*TWO, fetched(1), fetched(2)), [], 1, id="two that serve the same"),
        pytest.param(
            (*TWO, fetched(1), fetched(2, OTHER)), ["+ policies-differ"], 2, id="two that do not"
        ),
        pytest.param(
            (*TWO, fetched(1), fetched(2, "junk")), ["malformed-policy"], 1, id="one serves junk"
        ),
        pytest.param(
            (*TWO, fetched(1), fetched(2, tls=STRANGER)), ["other-certificate"], 1,
            id="one has another's certificate",
        ),
        pytest.param((*TWO, fetched(1), fetched(2, "TIMEOUT")), ["? timeout"], 1, id="one is silent"),
        pytest.param(
            (*TWO, fetched(1, "junk"), fetched(2, "TIMEOUT")), ["malformed-policy", "? timeout"], 0,
            id="junk decides, whatever the silent one has",
        ),
        pytest.param(
            (*TWO, fetched(1), fetched(2, "REFUSED")), ["+ address-refuses"], 1,
            id="who is refused goes on to the next",
        ),
        pytest.param(
            (*TWO, fetched(1, "junk"), fetched(2, "REFUSED")),
            ["malformed-policy", "+ address-refuses"], 0, id="where there is junk",
        ),
        pytest.param(
            (*TWO, fetched(1, "REFUSED"), fetched(2, "REFUSED")),
            ["connection-refused", "connection-refused"], 0, id="both refuse",
        ),
        pytest.param(
            (*TWO, fetched(1, "REFUSED"), fetched(2, "TIMEOUT")), ["? timeout"], 0,
            id="the silent one might serve it",
        ),
        pytest.param(
            (*DUAL, fetched(1), fetched("2001:db8::1", "NO-IPV6-ROUTE")), ["+ ipv6-not-asked"], 1,
            id="no route for IPv6",
        ),
        pytest.param(
            (*DUAL, fetched(1, "REFUSED"), fetched("2001:db8::1", "NO-IPV6-ROUTE")),
            ["connection-refused", "+ ipv6-not-asked"], 0, id="which hides no refusal",
        ),
        pytest.param(
            (told(f"{HOST} A", "192.0.2.1"), told(f"{HOST} AAAA", "TIMEOUT"), fetched(1)),
            ["? timeout"], 1, id="its AAAA is not known",
        ),
        pytest.param((told(f"{HOST} A", "NODATA"), NO_AAAA), ["no-address"], 0, id="no address"),
        pytest.param(
            (told(f"{HOST} A", "NXDOMAIN"), told(f"{HOST} AAAA", "NXDOMAIN")), ["no-address"], 0,
            id="no policy host",
        ),
        pytest.param(
            (told(f"{HOST} A", "TIMEOUT"), told(f"{HOST} AAAA", "TIMEOUT")), ["? timeout"], 0,
            id="silence about its addresses",
        ),
    ],
)  # fmt: skip
def test_every_address_that_answers_has_to_serve_it(
    answers: tuple[Told, ...], expected: list[str], policies: int
) -> None:
    seen = look(RECORD, *answers)
    assert shown(seen.served) == expected
    assert len(seen.policies) == policies


def test_ipv6_may_be_insisted_on() -> None:
    answers = (*DUAL, fetched(1), fetched("2001:db8::1", "NO-IPV6-ROUTE"))
    assert shown(look(RECORD, *answers, families="all").served) == ["? no-ipv6-route"]


def test_what_is_found_is_both() -> None:
    seen = look(told("_mta-sts.example.com TXT", '"v=STSv1; id=-"'), *ONE, fetched(1, "junk"))
    assert shown(seen.found) == ["malformed-record", "malformed-policy"]


def test_where_the_record_stands() -> None:
    assert record_name("example.com") == "_mta-sts.example.com"


def test_what_stands_there_instead_is_shown() -> None:
    [reason] = look(told("_mta-sts.example.com TXT", '"v=STSv1 id=1"')).found.reasons
    assert reason.text == (
        "_mta-sts.example.com has no TXT record that begins with v=STSv1 and a semicolon; "
        "it has 'v=STSv1 id=1'"
    )


@pytest.mark.parametrize(
    ("texts", "about", "instead"),
    [
        pytest.param('"v=STSv1 id=1"', "record", "v=STSv1; id=2;", id="no semicolon"),
        pytest.param('"V=stsv1; id=7;"', "record", "v=STSv1; id=8;", id="another case"),
        pytest.param('"v=STSv1\\\\; id=a\\\\;"', "record", "v=STSv1; id=a2;", id="escaped"),
        pytest.param('"v=spf1 -all"', "", "", id="another record, which stays"),
        pytest.param("NODATA", "", "", id="nothing"),
        pytest.param("-> p.example | NODATA", "CNAME", "", id="an alias of nothing"),
        pytest.param("-> p.example | NXDOMAIN", "CNAME", "", id="an alias that leads nowhere"),
    ],
)
def test_where_the_record_is_to_go(texts: str, about: str, instead: str) -> None:
    [reason] = look(told("_mta-sts.example.com TXT", texts)).found.reasons
    lines = (f'_mta-sts.example.com.  3600  IN  TXT  "{instead}"',) if instead else ()
    assert (reason.about, reason.instead) == (about, lines)


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        pytest.param(244, ["? not-told"], id="the longest that has room"),
        pytest.param(245, ["no-record"], id="one more"),
        pytest.param(253, ["no-record"], id="the longest name"),
    ],
)
def test_a_domain_may_be_too_long_to_have_a_record(length: int, expected: list[str]) -> None:
    domain = ".".join(("a" * 63, "b" * 63, "c" * 63, "d" * (length - 192)))
    assert len(domain) == length
    assert shown(found(discovered(domain)).record) == expected
    assert bool(no_room(domain)) == (expected == ["no-record"])
