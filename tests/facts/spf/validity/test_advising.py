"""What could be better about a valid record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.engine import Engine
from mailcheck.facts.dns import told
from mailcheck.facts.spf.validity.advising import ADVICE, advice
from mailcheck.facts.spf.validity.tree import SpfTree
from mailcheck.finding import Finding, met
from mailcheck.world.told import ToldWorld
from tests.facts.spf.validity.test_counting import GOOGLE
from tests.facts.spf.validity.test_tree import spf
from tests.facts.spf.validity.test_voids import DEAD, FOUR_ONLY

if TYPE_CHECKING:
    from mailcheck.finding import Advice

CASES: list[Any] = [
    pytest.param((spf("ip4:192.0.2.0/24 -all"),), {}, id="nothing"),
    pytest.param((spf("ip4:192.0.2.0/24 +all"),), {"pass-all": "everybody passes: +all"}, id="all"),
    pytest.param(
        (spf("include:a.b -all"), spf("all", "a.b")),
        {"pass-all": "everybody passes: include:a.b → all"},
        id="an open include",
    ),
    pytest.param((spf("-include:a.b -all"), spf("all", "a.b")), {}, id="a negated open include"),
    pytest.param((spf("?all"),), {"neutral-all": "strangers are neutral: ?all"}, id="neutral"),
    pytest.param(
        (spf("ip4:192.0.2.0/24"),),
        {"no-all": "no term decides about strangers, so they are neutral"},
        id="no all",
    ),
    pytest.param(
        (spf("redirect=a.b"), spf("ip4:192.0.2.0/24", "a.b")),
        {"no-all": "no term decides about strangers, so they are neutral: redirect=a.b"},
        id="no all behind a redirect",
    ),
    pytest.param((spf("redirect=a.b"), spf("-all", "a.b")), {}, id="a redirect"),
    pytest.param((spf("ptr -all"),), {"ptr": "ptr is used"}, id="ptr"),
    pytest.param(
        (spf("include:a.b -all"), spf("ptr:x.y", "a.b")),
        {"ptr": "ptr:x.y of a.b is used"},
        id="ptr of an include",
    ),
    pytest.param(
        (spf("-all ip4:192.0.2.1 mx exp=a.b"), 'a.b TXT: "go away"'),
        {"after-all": "nobody comes to ip4:192.0.2.1, mx behind all, which is to stand last"},
        id="terms behind all",
    ),
    pytest.param(
        (spf("redirect=a.b -all"),),
        {"redirect-ignored": "redirect=a.b stands beside all"},
        id="redirect beside all",
    ),
    pytest.param(
        (
            spf(
                "ip4:10.0.0.0/8 ip4:192.0.0.0/16 ip6:2001::/31 ip6:2001:db8::/32 ?ip4:11.0.0.0/8 -all"
            ),
        ),
        {"broad-network": "ip4:10.0.0.0/8 authorises a /8|ip6:2001::/31 authorises a /31"},
        id="broad networks",
    ),
    pytest.param(
        (spf("a/8//64 -all"), "example.com A: 192.0.2.1", "example.com AAAA: 2001:db8::1"),
        {"broad-network": "a/8//64 authorises a /8"},
        id="a broad a",
    ),
    pytest.param(
        (spf("include=a.b foo=bar rr=all ra=abuse -all"),),
        {
            "unknown-modifier": "include=a.b is a modifier that receivers ignore; the mechanism is "
            "written include:|foo=bar is a modifier that receivers ignore"
        },
        id="modifiers",
    ),
    pytest.param(
        (
            spf("a mx:c.d -all"),
            "example.com A: NODATA",
            "example.com AAAA: NODATA",
            "c.d MX: NODATA",
        ),
        {"resolves-to-nothing": "a finds no address|mx:c.d finds no address"},
        id="nothing there",
    ),
    pytest.param(
        (spf("a -all"), "example.com A: 192.0.2.1", "example.com AAAA: NODATA"), {}, id="no IPv6"
    ),
    pytest.param(
        (spf("a:h0.e a:h1.e a:h2.e -all"), *FOUR_ONLY),
        {
            "void-lookups": "for IPv6 clients, 3 lookups find nothing, and 2 should at most: "
            "AAAA of h0.e, AAAA of h1.e, AAAA of h2.e"
        },
        id="voids that do no harm",
    ),
    pytest.param(
        (spf("mx -all"), "example.com MX: 1 d0.e. | 2 d1.e. | 3 d2.e.", *DEAD),
        {
            "resolves-to-nothing": "mx finds no address",
            "void-lookups": "3 lookups find nothing, and 2 should at most: "
            "A of d0.e, A of d1.e, A of d2.e",
        },
        id="exchanges",
    ),
    pytest.param((spf("-all exp=a.b"), 'a.b TXT: "go away"'), {}, id="an explanation"),
    pytest.param(
        (spf("-all exp=a.b"), "a.b TXT: NXDOMAIN"),
        {"no-explanation": "exp=a.b leads to no text"},
        id="no explanation",
    ),
    pytest.param((spf("-all exp=a.b"), "a.b TXT: TIMEOUT"), {}, id="an unknown explanation"),
    pytest.param((spf("-all exp=%{i}.a.b"),), {}, id="an explanation for each"),
    pytest.param(
        (spf("include:%{l}.a.b exists:%{i}.c.d a:%{i}.e.f -all"),),
        {
            "depends-on-sender": "where it leads depends on who sends, and nothing there is "
            "counted: include:%{l}.a.b|what it finds depends on who sends: exists:%{i}.c.d, "
            "a:%{i}.e.f"
        },
        id="macros",
    ),
    pytest.param(
        (spf("include:spf.g include:spf.g -all"), *GOOGLE),
        {"duplicate-include": "spf.g is included more than once"},
        id="an include twice",
    ),
    pytest.param(
        ('example.com TXT: "v=spf1 -all" | "spf2.0/pra -all"',),
        {"sender-id": "a text of the domain is spf2.0/pra -all"},
        id="Sender ID",
    ),
    pytest.param(
        (spf("ip4:192.0.2.1 " + "include:a.b " * 9 + "-all"), spf("ip4:192.0.2.2", "a.b")),
        {
            "duplicate-include": "a.b is included more than once",
            "few-lookups-left": "9 of 10 terms that may ask DNS do: "
            + ", ".join(["include:a.b 1"] * 9),
        },
        id="one lookup left",
    ),
    pytest.param(
        (spf("ip4:192.0.2.1 " + "include:a.b " * 8 + "-all"), spf("ip4:192.0.2.2", "a.b")),
        {"duplicate-include": "a.b is included more than once"},
        id="two lookups left",
    ),
    pytest.param(
        (spf("ptr ptr ptr -all"),),
        {
            "ptr": "ptr is used",
            "void-lookups": "3 lookups find nothing, and 2 should at most: PTR of the client",
        },
        id="clients without a reverse name",
    ),
]


def advised(*said: str) -> tuple[Advice, ...]:
    async def judge() -> Finding:
        return met(*await advice((await SpfTree("example.com")).root))

    engine = Engine(ToldWorld([told(*line.split(": ", 1)) for line in said]))
    outcome = engine.finish(engine.plan(judge)).outcome
    assert isinstance(outcome, Finding)
    return outcome.advice


@pytest.mark.parametrize(("said", "texts"), CASES)
def test_advice(said: tuple[str, ...], texts: dict[str, str]) -> None:
    found: dict[str, list[str]] = {}
    for one in dict.fromkeys(advised(*said)):
        found.setdefault(one.tag, []).append(one.text)
    assert {tag: "|".join(each) for tag, each in found.items()} == texts


def test_whoever_has_no_record_is_not_advised() -> None:
    assert advised("example.com TXT: NODATA") == ()
    assert advised("example.com TXT: TIMEOUT") == ()


def test_every_tag_is_shown() -> None:
    shown = {tag for case in CASES for tag in case.values[1]}
    of_size = {"long-record", "long-answer", "glued-strings"}
    assert {*re.findall(r"^([a-z-]+):", ADVICE, re.MULTILINE)} == shown | of_size
