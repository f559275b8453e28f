"""A check: what one sentence means.

A check lives in one file. Its module docstring is its page and the source of everything said about
it: six headings, of which two are tables that the rest of the product reads::

    Unmet when
        no-mx: the domain exists and has no MX record.
            Senders fall back to the address record (RFC 5321 §5.1); many refuse it.

A line ``tag: condition.`` opens an entry; the indented lines below it say what a receiver makes of
it, and are what a failure prints as *matters*. ``Advises when`` has the same shape and may be
absent. A line ``...`` under either of them stands for entries that are written elsewhere.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeAlias, TypeVar

from mailcheck.errors import CatalogueError
from mailcheck.slots import Slot, slots_of
from mailcheck.template import Template

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Mapping

    from mailcheck.finding import Finding, Reason, Remedy
    from mailcheck.question import Question

P = TypeVar("P")

Judged: TypeAlias = Literal["", "change", "copy"]
"""What a check judges of a change: nothing, the whole of it, or the file of the zone ``domain``."""

UNMET = "Unmet when"

HEADINGS = ("Requires", "Why", "Met when", UNMET, "Not judged here")
"""The headings every check's docstring has, in this order; ``Advises when`` may follow Unmet."""

ADVISES = "Advises when"

SHARED = "..."
"""The line of a page that stands for what :func:`check` is given as *also*, or *also_advises*."""

_ENTRY = re.compile(r"(?P<tag>[a-z0-9]+(?:-[a-z0-9]+)*): (?P<condition>.+)")


@dataclass(frozen=True, slots=True)
class Tag:
    """A stable word for a reason or a piece of advice.

    ``condition`` says when it is given, ``matters`` what a receiver makes of it.
    """

    name: str
    condition: str
    matters: str


Told: TypeAlias = "tuple[Question[Any], Any]"
"""A question and the answer an example gives it (a fact or an Unobserved)."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, what is told to its judge, and how it ends.

    ``ends`` is ``met``, a reason's tag, or ``inconclusive: CAUSE``. Examples are printed by
    ``mailcheck explain`` and executed by the tests. ``partly_unknown`` marks the ones that show
    how a check over several answers treats an answer it did not get. ``files`` are those that the
    sentence names, with their texts.
    """

    says: str
    sentence: str
    told: tuple[Told, ...]
    ends: str
    partly_unknown: bool = False
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Check(Generic[P]):
    """One check. ``page`` is the docstring of its module.

    ``judge`` is a coroutine function over questions; ``remedy`` makes something to publish or do
    from the parameters and one reason; ``sources`` are RFC sections or other documents.
    ``over_several`` says that the judge combines several answers: such a check must have an
    example marked ``partly_unknown``. ``advised`` are tags of reasons that do not fail a run unless
    the suite demands it: what is good practice, and no receiver refuses mail for. One that
    ``judges_change``, or its copy of a zone, uses no name, since the change may take it away. ``lists`` tells,
    from the parameters and what the run knows of blocklists, which of them are asked about whom.
    ``recipients`` tells, from the parameters, which recipients are tried at whose servers: both
    suite and run have to consent to a check that has it. ``shared_tags`` are those that are told
    elsewhere, because other checks give them too, in the same words, or other code does.
    """

    page: str
    template: Template
    parameters: type[P]
    judge: Callable[[P], Coroutine[Any, Any, Finding]]
    remedy: Callable[[P, Reason], Remedy]
    sources: tuple[str, ...]
    examples: tuple[Example, ...]
    over_several: bool = False
    judges_change: Judged = ""
    advised: tuple[str, ...] = ()
    lists: Callable[[P, Any], tuple[object, Iterable[Any]]] | None = None
    recipients: Callable[[P], tuple[Any, ...]] | None = None
    slots: Mapping[str, Slot] = field(repr=False, default_factory=dict)
    sections: Mapping[str, str] = field(repr=False, default_factory=dict)
    unmet_tags: Mapping[str, Tag] = field(repr=False, default_factory=dict)
    shared_tags: frozenset[str] = frozenset()
    advice_tags: Mapping[str, Tag] = field(repr=False, default_factory=dict)

    @property
    def title(self) -> str:
        """The first line of the page."""
        return self.page.strip().partition("\n")[0].rstrip(".")

    @property
    def options(self) -> tuple[Slot, ...]:
        """The parameters the template does not name."""
        return tuple(s for name, s in self.slots.items() if name not in self.template.holes)


def check(
    page: str | None,
    *,
    template: str,
    parameters: type[P],
    judge: Callable[[P], Coroutine[Any, Any, Finding]],
    remedy: Callable[[P, Reason], Remedy],
    sources: tuple[str, ...],
    examples: tuple[Example, ...],
    over_several: bool = False,
    judges_change: Judged = "",
    advised: tuple[str, ...] = (),
    also: str = "",
    also_advises: str = "",
    lists: Callable[[P, Any], tuple[object, Iterable[Any]]] | None = None,
    recipients: Callable[[P], tuple[Any, ...]] | None = None,
) -> Check[P]:
    """Build a check from the parts of its file, *page* being the file's docstring.

    *also* are entries of ``Unmet when`` that several checks share, or that are told beside what
    gives them; *also_advises* are such entries of ``Advises when``.

    Raises:
        CatalogueError: if the template, the parameters or the page cannot be read.
    """
    shared = {UNMET: inspect.cleandoc(also), ADVISES: inspect.cleandoc(also_advises)}
    text = _with_shared(inspect.cleandoc(page or ""), shared)
    sections = _sections(text)
    parsed = Template.parse(template)
    slots = slots_of(parameters)
    for hole in parsed.holes:
        if hole not in slots:
            raise CatalogueError(f"template {template!r} names {hole!r}, which is no parameter")
    unmet_tags = _tags(sections[UNMET])
    if strange := sorted({*advised} - {*unmet_tags}):
        raise CatalogueError(f"{', '.join(strange)}: advised, and not told under Unmet when")
    return Check(
        page=text,
        template=parsed,
        parameters=parameters,
        judge=judge,
        remedy=remedy,
        sources=sources,
        examples=examples,
        over_several=over_several,
        judges_change=judges_change,
        advised=advised,
        lists=lists,
        recipients=recipients,
        slots=slots,
        sections=sections,
        unmet_tags=unmet_tags,
        shared_tags=frozenset(tag for entries in shared.values() for tag in _tags(entries)),
        advice_tags=_tags(sections.get(ADVISES, "")),
    )


def _with_shared(page: str, shared: Mapping[str, str]) -> str:
    """Put what is *shared*, by heading, where the page leaves room for it."""
    lines: list[str] = []
    heading, rooms = "", dict.fromkeys(shared, 0)
    for line in page.splitlines():
        if line in (*HEADINGS, ADVISES):
            heading = line
        if line.strip() == SHARED and line != SHARED and heading in rooms:
            rooms[heading] += 1
            lines.append(textwrap.indent(shared[heading], line.removesuffix(SHARED)))
        else:
            lines.append(line)
    for heading, entries in shared.items():
        if rooms[heading] != bool(entries):
            raise CatalogueError(f"{SHARED!r} stands {rooms[heading]} times under {heading!r}")
    return "\n".join(lines)


def _sections(page: str) -> dict[str, str]:
    """Split a page at its headings: unindented lines that are one of the known ones."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in page.splitlines():
        if line in (*HEADINGS, ADVISES):
            if line in found:
                raise CatalogueError(f"{line!r} stands twice in the docstring of a check")
            current = found[line] = []
        else:
            current.append(line)
    if missing := [h for h in HEADINGS if h not in found]:
        raise CatalogueError(f"the docstring of a check lacks {', '.join(missing)}")
    return {heading: inspect.cleandoc("\n" + "\n".join(lines)) for heading, lines in found.items()}


def _tags(section: str) -> dict[str, Tag]:
    tags: dict[str, Tag] = {}
    for block in re.split(r"\n(?=\S)", section):
        first, _, rest = block.partition("\n")
        if not first:
            continue
        entry = _ENTRY.fullmatch(first)
        if entry is None:
            raise CatalogueError(f"{first!r} is not of the form 'tag: condition.'")
        if entry["tag"] in tags:
            raise CatalogueError(f"{entry['tag']!r} is told twice in the docstring of a check")
        tags[entry["tag"]] = Tag(entry["tag"], entry["condition"], " ".join(rest.split()))
    return tags
