"""What names of other zones, which the suites name, use of the zones of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.engine import Engine
from mailcheck.errors import Place
from mailcheck.facts.change.asking import Asking
from mailcheck.facts.change.changes import ChangesFact, NamesInUseFact, ZoneChange
from mailcheck.facts.change.elsewhere import FOR_POINTERS, FOR_POLICIES, Elsewhere, used_elsewhere
from mailcheck.facts.dns import told
from mailcheck.finding import Finding, met
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from mailcheck.check import Told

CHANGES = ChangesFact({"a.example": ZoneChange("a.example", "zones/a", whole=True)})
NAMED = "(named in s.yml:1)"


def found(names: tuple[str, ...], *said: Told) -> tuple[Elsewhere, Asking]:
    """Find out what *names* use, given what is said."""
    in_use = NamesInUseFact({name: (Place("s.yml", n),) for n, name in enumerate(names, 1)})
    got: list[Elsewhere] = []
    asking = Asking(CHANGES)

    async def judge() -> Finding:
        got.append(await used_elsewhere(names, CHANGES, in_use, asking))
        return met()

    engine = Engine(ToldWorld(said))
    engine.finish(engine.plan(judge))
    return got[0], asking


def domain(**said: str) -> tuple[Told, ...]:
    """The domain b.example has no more than is said."""
    asked = {"MX": "b.example MX", "TXT": "b.example TXT"}
    asked |= {"ALIAS": "_dmarc.b.example CNAME", "DMARC": "_dmarc.b.example TXT"}
    return tuple(told(asked[what], said.get(what, "NODATA")) for what in asked)


@pytest.mark.parametrize(
    ("said", "uses"),
    [
        pytest.param({}, {}, id="nothing"),
        pytest.param(
            {"MX": "10 mx.a.example. | 20 mx.c.example."},
            {"mx.a.example A/AAAA": f"the MX of b.example {NAMED}"},
            id="MX",
        ),
        pytest.param(
            {"TXT": '"v=spf1 include:_spf.a.example include:_spf.c.example -all"'},
            {"_spf.a.example TXT": f"the TXT of b.example {NAMED}"},
            id="SPF",
        ),
        pytest.param(
            {"DMARC": '"v=DMARC1; p=none; rua=mailto:d@a.example"'},
            {
                "a.example MX/A/AAAA": f"the TXT of _dmarc.b.example {NAMED}",
                "b.example._report._dmarc.a.example TXT": f"the TXT of _dmarc.b.example {NAMED}",
            },
            id="DMARC reports",
        ),
        pytest.param(
            {"ALIAS": "_dmarc.a.example.", "DMARC": "TIMEOUT"},
            {"_dmarc.a.example TXT": f"the CNAME of _dmarc.b.example {NAMED}"},
            id="a DMARC policy that is an alias, and so is not asked for",
        ),
        pytest.param(
            {"MX": "-> mail.a.example | 10 mx.a.example.", "TXT": "TIMEOUT", "ALIAS": "TIMEOUT"},
            {
                "mail.a.example MX": f"the MX of b.example {NAMED}",
                "mx.a.example A/AAAA": f"the MX of b.example {NAMED}",
            },
            id="an alias, of which no policy is asked for",
        ),
        pytest.param(
            {"MX": "NXDOMAIN", "TXT": "TIMEOUT", "ALIAS": "TIMEOUT"}, {}, id="it is not there"
        ),
    ],
)
def test_what_a_domain_uses(said: dict[str, str], uses: dict[str, str]) -> None:
    elsewhere, asking = found(("b.example",), *domain(**said))
    shown = {
        f"{need.name} {'/'.join(need.rdtypes)}": "".join(by) for need, by in elsewhere.uses.items()
    }
    assert (shown, elsewhere.advice, asking.advice) == (uses, (), ())


@pytest.mark.parametrize(
    ("name", "asked", "said"),
    [
        pytest.param("1.2.0.192.in-addr.arpa", "PTR", "mail.a.example.", id="PTR"),
        pytest.param("_imaps._tcp.b.example", "SRV", "0 0 993 mail.a.example.", id="SRV"),
    ],
)
def test_what_other_names_use(name: str, asked: str, said: str) -> None:
    answers = told(f"{name} {asked}", said), told(f"{name} TXT", "NODATA")
    elsewhere, _ = found((name,), *answers)
    assert [need.name for need in elsewhere.uses] == ["mail.a.example"]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        pytest.param(
            {"MX": "TIMEOUT"},
            "whether b.example, which the suites name, uses what the change takes away could not "
            "be found out: timeout",
            id="MX",
        ),
        pytest.param(
            {"TXT": "SERVFAIL", "ALIAS": "TIMEOUT"},
            "whether b.example and 1 more, which the suites name, use what the change takes away "
            "could not be found out: servfail",
            id="policies",
        ),
    ],
)
def test_what_is_not_heard_is_told(said: dict[str, str], text: str) -> None:
    elsewhere, _ = found(("b.example",), *domain(**said))
    assert [(one.tag, one.text) for one in elsewhere.advice] == [("users-unknown", text)]
    assert elsewhere.doubt.text == text


def test_of_many_only_some_are_asked_those_first_that_have_mx() -> None:
    names = tuple(f"{n}.example" for n in range(FOR_POINTERS + 1))
    mx = [told(f"{name} MX", "NODATA") for name in names[:-2]]
    policies = [
        told(f"{name} TXT", '"v=spf1 mx:a.example -all"')
        for name in (names[-2], names[FOR_POLICIES // 2])
    ]
    elsewhere, asking = found(names, *mx, told(f"{names[-2]} MX", "10 mx.example."), *policies)
    assert [by for users in elsewhere.uses.values() for by in users] == [
        f"the TXT of {names[-2]} (named in s.yml:{FOR_POINTERS})"
    ]
    left = 1 + 2 * FOR_POINTERS - FOR_POLICIES
    assert asking.advice[0].text.startswith(f"{left} more RRsets were not compared")
