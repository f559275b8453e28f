"""Macro strings, domain specs and explanations as RFC 7208 §7.1 spells them; nothing is expanded."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from mailcheck.evidence import visible

LETTERS = frozenset("slodiphv")
"""The letters that stand for something in the name of a domain (§7.2)."""

EXPLAINING = LETTERS | frozenset("crt")
"""Those that do in an explanation."""

_MACRO = re.compile(
    r"%(?:(?P<sign>[%_-])|\{(?P<letter>[A-Za-z])(?P<digits>[0-9]*)(?P<reverse>r?)"
    r"(?P<delimiters>[.+,/_=-]*)\})",
    re.IGNORECASE,
)
_SIGNS = {"%": "%", "_": " ", "-": "%20"}
_VISIBLE = re.compile(r"[\x21-\x7e]*")
_VISIBLE_OR_SPACE = re.compile(r"[\x20-\x7e]*")
_ALPHANUM = re.compile(r"[A-Za-z0-9]")
_LDH = re.compile(r"[A-Za-z0-9-]+")
_NOT_OF_NUMBERS_ONLY = re.compile(r"[A-Za-z-]")

MOST_PARTS = 999
"""Right-hand parts a macro may keep; a larger number keeps all there can be."""

SHOWN = 40
"""Characters of a text that a fault repeats."""


@dataclass(frozen=True, slots=True)
class Macro:
    """``%{d2r-}``: a letter in lower case and what is done to its value.

    ``parts`` is how many right-hand parts are kept, 0 for all; ``escaped`` that the letter was a
    capital, so the value is escaped as in URLs.
    """

    letter: str
    parts: int = 0
    reverse: bool = False
    delimiters: str = ""
    escaped: bool = False


Part: TypeAlias = str | Macro


@dataclass(frozen=True, slots=True)
class MacroString:
    """A text as published, and its parts: what stands for itself, and macros.

    ``plain`` is the text it always expands to, None if it has macros; ``letters`` are theirs.
    """

    text: str
    parts: tuple[Part, ...]
    plain: str | None = field(init=False, compare=False, repr=False)
    letters: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        letters = frozenset(part.letter for part in self.parts if isinstance(part, Macro))
        literal = None if letters else "".join(map(str, self.parts))
        object.__setattr__(self, "letters", letters)
        object.__setattr__(self, "plain", literal)


def macro_string(text: str, letters: frozenset[str] = EXPLAINING) -> MacroString:
    """Read a ``macro-string``.

    Raises:
        ValueError: with a clause that says what is wrong with it.
    """
    if not _VISIBLE.fullmatch(text):
        raise ValueError(f"{shown(text)} holds a character that is not visible ASCII")
    return MacroString(text, _parts(text, letters))


def explain_string(text: str) -> MacroString:
    """Read an ``explain-string``, which may hold spaces (§6.2).

    Raises:
        ValueError: with a clause that says what is wrong with it.
    """
    if not _VISIBLE_OR_SPACE.fullmatch(text):
        raise ValueError(f"{shown(text)} holds a character that is not printable ASCII")
    return MacroString(text, _parts(text, EXPLAINING))


def domain_spec(text: str) -> MacroString:
    """Read a ``domain-spec``, which ends in a top label with a dot before it, or in a macro.

    Raises:
        ValueError: with a clause that says what is wrong with it.
    """
    if not text:
        raise ValueError("it names no domain")
    spec = macro_string(text, LETTERS)
    if not (_ends_in_macro(text) or _ends_in_top_label(text)):
        raise ValueError(_wrong_end(text))
    return spec


def shown(text: str) -> str:
    """Return *text*, which somebody else published, for a sentence."""
    return f'"{visible(text, SHOWN)}"'


def _parts(text: str, letters: frozenset[str]) -> tuple[Part, ...]:
    if "%" not in text:
        return (text,) if text else ()
    parts: list[Part] = []
    at = 0
    while (percent := text.find("%", at)) >= 0:
        if percent > at:
            parts.append(text[at:percent])
        found = _MACRO.match(text, percent)
        if found is None:
            raise ValueError(f"{shown(text[percent:])} begins with % and is no macro")
        parts.append(_SIGNS[found["sign"]] if found["sign"] else _macro(found, letters))
        at = found.end()
    if at < len(text):
        parts.append(text[at:])
    return tuple(parts)


def _macro(found: re.Match[str], letters: frozenset[str]) -> Macro:
    letter, digits = found["letter"].lower(), found["digits"]
    if letter not in letters:
        only = " outside of explanations" if letter in EXPLAINING else ""
        raise ValueError(f"the macro {shown(found[0])} has no meaning{only}")
    significant = digits.lstrip("0")
    if digits and not significant:
        raise ValueError(f"the macro {shown(found[0])} keeps no part")
    parts = MOST_PARTS if len(significant) > 3 else int(significant or "0")
    return Macro(
        letter,
        parts,
        reverse=bool(found["reverse"]),
        delimiters=found["delimiters"],
        escaped=found["letter"].isupper(),
    )


def _ends_in_macro(text: str) -> bool:
    """Whether *text*, all of whose macros are well-formed, ends in one."""
    return "%" in text and any(found.end() == len(text) for found in _MACRO.finditer(text))


def _ends_in_top_label(text: str) -> bool:
    """Whether *text* ends in ``"." toplabel [ "." ]``, with the dot in what stands for itself."""
    _, dot, label = text.removesuffix(".").rpartition(".")
    # A dot within a macro is one of its delimiters; then its bracket stands in the label.
    return bool(dot) and _is_top_label(label)


def _is_top_label(label: str) -> bool:
    return bool(
        _LDH.fullmatch(label)
        and _ALPHANUM.match(label[0])
        and _ALPHANUM.match(label[-1])
        and _NOT_OF_NUMBERS_ONLY.search(label)
    )


def _wrong_end(text: str) -> str:
    bare = text.removesuffix(".")
    if "." not in bare:
        return f"{shown(text)} is a single label, and no domain"
    label = bare.rpartition(".")[2]
    if label.isdigit():
        return f"{shown(text)} ends in a number, as no domain does"
    return f"{shown(text)} does not end in a label that a domain can end in"
