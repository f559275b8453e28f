"""Records that are not where they belong; the names to look at are those of each kind of record."""

from __future__ import annotations

import pytest

from mailcheck.check import Told
from mailcheck.engine import Engine
from mailcheck.facts.dns import told
from mailcheck.facts.misplaced import elsewhere, text_at, to_publish
from mailcheck.finding import Finding, Reason, met
from mailcheck.names import MAX_NAME
from mailcheck.world.told import ToldWorld


def _found(*names: str, answers: tuple[Told, ...]) -> tuple[str, tuple[bytes, ...]]:
    found: list[tuple[str, tuple[bytes, ...]]] = []

    async def judge() -> Finding:
        found.append(await elsewhere(names, lambda name, text: text == b"x" or name == "any.e"))
        return met()

    engine = Engine(ToldWorld(answers))
    engine.finish(engine.plan(judge))
    return found[0]


NOTHING = told("a.e TXT", "NXDOMAIN")
OTHER = told("a.e TXT", '"y"')
UNKNOWN = told("a.e TXT", "TIMEOUT")


@pytest.mark.parametrize(
    ("names", "answers", "found"),
    [
        pytest.param(("a.e",), (NOTHING,), ("", ()), id="no text at all"),
        pytest.param(("a.e",), (OTHER,), ("", ()), id="a text of another kind"),
        pytest.param(("a.e",), (UNKNOWN,), ("", ()), id="nobody knows"),
        pytest.param(("x" * (MAX_NAME + 1),), (), ("", ()), id="no such name can be"),
        pytest.param(
            ("a.e", "b.e"), (UNKNOWN, told("b.e TXT", '"x"')), ("b.e", (b"x",)), id="the next name"
        ),
        pytest.param(
            ("b.e", "a.e"),
            (told("a.e TXT", '"x"'), told("b.e TXT", '"x"')),
            ("b.e", (b"x",)),
            id="the first of several",
        ),
        pytest.param(
            ("any.e",), (told("any.e TXT", '"y"'),), ("any.e", (b"y",)), id="the name tells"
        ),
    ],
)
def test_elsewhere(
    names: tuple[str, ...], answers: tuple[Told, ...], found: tuple[str, tuple[bytes, ...]]
) -> None:
    assert _found(*names, answers=answers) == found


def test_the_texts_are_those_that_are_meant() -> None:
    assert _found("a.e", answers=(told("a.e TXT", '"y" | "x"'),)) == ("a.e", (b"x",))


def test_a_text_is_shown_as_people_read_it() -> None:
    assert text_at("_dmarc.xn--bcher-kva.example", b"x\x00") == "_dmarc.bücher.example says x\\x00"


def test_what_has_no_record_to_show_is_written_by_hand() -> None:
    assert to_publish(Reason("x", "", "", ("line",)), "Now:", "so").publish == ("line",)
    assert to_publish(Reason("x", ""), "Now:", "so").instruction == "Now: so"
