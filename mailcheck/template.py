"""Sentence templates: the controlled English a check owns.

A template is words and slots; what stands in square brackets may be left out::

    SMTP port {port} [of {host}] accepts
    [IP [{ip}] is] not on {list}

Leaving out is all there is, so a template stands for a handful of *forms*, each a fixed row of
words and slots. A sentence is split into as many tokens as it has words, quoted texts and lists,
and fits a form position by position. Two forms collide if some row of tokens fits both; that is
verified for all checks together when the catalogue loads, so reading a sentence is a lookup, never
a search for the best match.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from mailcheck.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_TEMPLATE_TOKEN = re.compile(r"\[|\]|\{[a-z_]+\}|[^\s\[\]{}]+")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"(?=\s|,|$)')
_ADJOINING = re.compile(r'\s+(?=")')
_BARE = re.compile(r'[^\s",]+(?:,[^\s",]+)*|,')


class Token(NamedTuple):
    """One position of a sentence: a word, a quoted text (never taken for a word), or a list."""

    text: str
    quoted: bool = False


_new = tuple.__new__
"""What the constructor of a NamedTuple calls; called at once, it takes half the time."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A slot in a form, by the name of its parameter."""

    name: str


Form: TypeAlias = tuple[str | Hole, ...]


def tokens_of(sentence: str) -> tuple[Token, ...]:
    r"""Split *sentence*. Runs of space are one; ``a, b`` is one token; ``\"`` stands in quotes.

    Quoted texts that adjoin are one token with nothing between them, as the strings of a TXT record
    in a zone file are (RFC 7208 §3.3): ``"v=spf1 " "-all"`` is ``v=spf1 -all``. So of slots that
    stand side by side one at most can be quoted.

    Raises:
        ValueError: if a quote is not closed, or a comma has nothing on one side.
    """
    if '"' not in sentence and "," not in sentence:
        return tuple([_new(Token, (word, False)) for word in sentence.split()])
    tokens: list[Token] = []
    joining = False
    position = 0
    text = sentence.strip()
    while position < len(text):
        token, position = _token_at(text, position)
        if token == Token(","):
            if joining or not tokens:
                raise ValueError("nothing stands before a comma")
            joining = True
        elif joining:
            tokens.append(Token(f"{tokens.pop().text}, {token.text}", quoted=True))
            joining = False
        else:
            tokens.append(token)
    if joining:
        raise ValueError("nothing follows the last comma")
    return tuple(tokens)


def _token_at(text: str, position: int) -> tuple[Token, int]:
    while text[position].isspace():
        position += 1
    if text[position] == '"':
        return _quoted_at(text, position)
    match = _BARE.match(text, position)
    if match is None or (match[0] != "," and text[match.end() : match.end() + 1] == '"'):
        raise ValueError(f"a double quote stands inside {text[position:][:20]!r}")
    return Token(match[0]), match.end()


def _quoted_at(text: str, position: int) -> tuple[Token, int]:
    strings = []
    while True:
        match = _QUOTED.match(text, position)
        if match is None:
            raise ValueError("a double quote is not closed")
        strings.append(re.sub(r"\\(.)", r"\1", match[1]))
        space = _ADJOINING.match(text, match.end())
        if space is None:
            return Token("".join(strings), quoted=True), match.end()
        position = space.end()


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed template; ``forms`` are its variants, the fullest first."""

    text: str
    forms: tuple[Form, ...]

    @classmethod
    def parse(cls, text: str) -> Template:
        """Read a template.

        Raises:
            CatalogueError: if brackets do not match, a form is empty or begins with a slot, or a
                slot appears twice.
        """
        tokens = _TEMPLATE_TOKEN.findall(text)
        forms = tuple(dict.fromkeys(_expand(iter(tokens), text, depth=0)))
        full = forms[0]
        holes = [part.name for part in full if isinstance(part, Hole)]
        if len(set(holes)) != len(holes):
            raise CatalogueError(f"template {text!r} names a slot twice")
        if any(not form or isinstance(form[0], Hole) for form in forms):
            raise CatalogueError(f"template {text!r} must begin with a word")
        return cls(text, forms)

    @property
    def holes(self) -> tuple[str, ...]:
        """The names of its slots, in order."""
        return tuple(part.name for part in self.forms[0] if isinstance(part, Hole))

    def render(self, values: Mapping[str, str]) -> str:
        """Write the fullest form whose slots all have a value."""
        for form in self.forms:
            if all(part.name in values for part in form if isinstance(part, Hole)):
                return " ".join(values[p.name] if isinstance(p, Hole) else p for p in form)
        raise KeyError(f"no form of {self.text!r} is filled by {sorted(values)}")


def _expand(parts: Iterator[str], text: str, depth: int) -> list[Form]:
    """Return all forms up to the bracket that closes this depth, the fullest first."""
    choices: list[list[Form]] = []
    for part in parts:
        if part == "[":
            choices.append([*_expand(parts, text, depth + 1), ()])
        elif part == "]":
            if depth == 0:
                break
            return _joined(choices)
        elif part.startswith("{"):
            choices.append([(Hole(part[1:-1]),)])
        else:
            choices.append([(part,)])
    else:
        if depth == 0:
            return _joined(choices)
    raise CatalogueError(f"the square brackets of template {text!r} do not match")


def _joined(choices: list[list[Form]]) -> list[Form]:
    return [tuple(part for form in row for part in form) for row in product(*choices)]


def collide(
    one: Form,
    other: Form,
    accepts_one: Callable[[str, str], bool],
    accepts_other: Callable[[str, str], bool],
) -> bool:
    """Whether some sentence fits both forms.

    *accepts_one(slot, word)* says whether a slot of the first form could hold that word. Two slots
    at one position are taken to overlap.
    """
    if len(one) != len(other):
        return False
    for mine, theirs in zip(one, other, strict=True):
        if isinstance(mine, Hole) and isinstance(theirs, Hole):
            continue
        if isinstance(mine, Hole):
            if not accepts_one(mine.name, str(theirs)):
                return False
        elif isinstance(theirs, Hole):
            if not accepts_other(theirs.name, mine):
                return False
        elif mine.casefold() != theirs.casefold():
            return False
    return True
