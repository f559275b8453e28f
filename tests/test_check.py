"""A check is built from its file: the page is read, and what is wrong with it is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from mailcheck.check import HEADINGS, Check, Tag, check
from mailcheck.errors import CatalogueError
from mailcheck.finding import Finding, Reason, Remedy, met
from mailcheck.names import Domain
from mailcheck.slots import slot

PAGE = """\
The domain has mail exchangers.

Requires
    At least ``at_least`` exchanges.

Why
    A sender looks for MX first.

    Without one it may give up.

Met when
    There is one.

Unmet when
    no-mx: there is none: neither MX nor null MX.
        Senders fall back to the address
        record (RFC 5321 §5.1).
    null-mx: there is the null MX.

Advises when
    single-mx: there is one only.
        One host down, and mail waits.

Not judged here
    Whether the exchanges have addresses.
"""


@dataclass(frozen=True, slots=True)
class Parameters:
    domain: Domain = slot("the domain")
    at_least: int = slot("how many", default=1)


async def judge(_: Parameters) -> Finding:
    return met()


def remedy(_: Parameters, reason: Reason) -> Remedy:
    return Remedy(instruction=f"do something about {reason.tag}")


def build(
    page: str | None = PAGE,
    template: str = "domain [{domain}] has MX",
    advised: tuple[str, ...] = (),
    also: str = "",
    also_advises: str = "",
) -> Check[Any]:
    """Build a check from *page*."""
    return check(
        page,
        template=template,
        parameters=Parameters,
        judge=judge,
        remedy=remedy,
        sources=("RFC 5321 §5.1",),
        examples=(),
        advised=advised,
        also=also,
        also_advises=also_advises,
    )


def test_the_title_is_the_first_line() -> None:
    assert build().title == "The domain has mail exchangers"


def test_sections_are_cut_at_the_headings() -> None:
    sections = build().sections
    assert tuple(sections) == (*HEADINGS[:4], "Advises when", HEADINGS[4])
    assert sections["Requires"] == "At least ``at_least`` exchanges."
    assert sections["Why"] == "A sender looks for MX first.\n\nWithout one it may give up."


def test_tags_are_read_with_what_a_receiver_makes_of_them() -> None:
    built = build()
    assert built.unmet_tags == {
        "no-mx": Tag(
            "no-mx",
            "there is none: neither MX nor null MX.",
            "Senders fall back to the address record (RFC 5321 §5.1).",
        ),
        "null-mx": Tag("null-mx", "there is the null MX.", ""),
    }
    assert [*built.advice_tags] == ["single-mx"]


def test_a_check_without_advice_has_none() -> None:
    before, _, after = PAGE.partition("Advises when")
    page = before + "Not judged here" + after.partition("Not judged here")[2]
    assert build(page).advice_tags == {}


def test_options_are_the_parameters_that_no_sentence_names() -> None:
    assert [option.name for option in build().options] == ["at_least"]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_that_is_missing_is_named(heading: str) -> None:
    with pytest.raises(CatalogueError, match=f"the docstring of a check lacks {heading}$"):
        build(PAGE.replace(f"{heading}\n", ""))


@pytest.mark.parametrize("page", [None, "", "One line."])
def test_a_check_without_a_page_lacks_all_headings(page: str | None) -> None:
    with pytest.raises(CatalogueError, match="lacks Requires, Why, Met when, Unmet when, Not"):
        build(page)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("no MX at all", id="no colon"),
        pytest.param("No-MX: there is none.", id="capitals"),
        pytest.param("no_mx: there is none.", id="underscore"),
        pytest.param("-mx: there is none.", id="hyphen in front"),
        pytest.param("no-mx:", id="no condition"),
    ],
)
def test_an_entry_that_is_no_tag_is_quoted(line: str) -> None:
    page = PAGE.replace("null-mx: there is the null MX.", line)
    with pytest.raises(CatalogueError, match=f"'{line}' is not of the form 'tag: condition.'"):
        build(page)


def test_a_tag_is_told_once() -> None:
    page = PAGE.replace("null-mx:", "no-mx:")
    with pytest.raises(CatalogueError, match="'no-mx' is told twice"):
        build(page)


def test_a_heading_stands_once() -> None:
    with pytest.raises(CatalogueError, match="'Why' stands twice"):
        build(PAGE + "\nWhy\n    Once more.\n")


def test_a_template_names_parameters_only() -> None:
    with pytest.raises(CatalogueError, match="names 'host', which is no parameter"):
        build(template="domain [{host}] has MX")


def test_parameters_that_no_sentence_can_fill_are_refused() -> None:
    @dataclass
    class Wrong:
        domain: float

    with pytest.raises(CatalogueError, match="no sentence can fill"):
        check(
            PAGE,
            template="domain {domain} has MX",
            parameters=Wrong,
            judge=judge,  # type: ignore[arg-type]  # never called here
            remedy=remedy,  # type: ignore[arg-type]  # never called here
            sources=(),
            examples=(),
        )


def test_a_tag_that_is_advised_must_be_told() -> None:
    with pytest.raises(CatalogueError, match="no-txt: advised, and not told"):
        build(advised=("no-mx", "no-txt"))


REFUSED = """
connection-refused: nobody listens.
    Mail waits.
"""


def test_entries_that_checks_share_stand_where_the_page_leaves_room() -> None:
    built = build(PAGE.replace("    null-mx: there is the null MX.", "    ..."), also=REFUSED)
    assert [*built.unmet_tags] == ["no-mx", "connection-refused"]
    assert built.unmet_tags["connection-refused"].matters == "Mail waits."
    assert built.shared_tags == {"connection-refused"}
    assert "    connection-refused: nobody listens.\n        Mail waits." in built.page


def test_advice_that_is_told_elsewhere_stands_where_the_page_leaves_room() -> None:
    page = PAGE.replace("    single-mx:", "    ...\n    single-mx:")
    built = build(page, also_advises=REFUSED)
    assert [*built.advice_tags] == ["connection-refused", "single-mx"]
    assert [*built.unmet_tags] == ["no-mx", "null-mx"]
    assert built.advice_tags["connection-refused"].matters == "Mail waits."
    assert built.shared_tags == {"connection-refused"}


@pytest.mark.parametrize(
    ("page", "also", "also_advises"),
    [
        pytest.param(PAGE, REFUSED, "", id="no room"),
        pytest.param(PAGE, "", REFUSED, id="no room for advice"),
        pytest.param(
            PAGE.replace("    null-mx: there is the null MX.", "    ..."), "", "", id="nothing"
        ),
        pytest.param(
            PAGE.replace("    null-mx: there is the null MX.", "    ..."),
            "",
            REFUSED,
            id="room for the other",
        ),
        pytest.param(
            PAGE.replace("    null-mx: there is the null MX.", "    ...\n    ..."),
            REFUSED,
            "",
            id="room twice",
        ),
    ],
)
def test_room_and_shared_entries_belong_together(page: str, also: str, also_advises: str) -> None:
    with pytest.raises(CatalogueError, match="stands"):
        build(page, also=also, also_advises=also_advises)
