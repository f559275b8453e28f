"""One item of ``checks``: a sentence, alone or with options below it.

What YAML does to sentences without saying so is found here: a `` #`` that cuts one, a ``: `` that
makes a key of its first half.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mailcheck.source.nodes import Mapping, Node, Scalar, describe
from mailcheck.source.quoting import parted, quoted

if TYPE_CHECKING:
    from mailcheck.errors import Place
    from mailcheck.source.problems import Problems


class Item(NamedTuple):
    """A sentence as written, and the options given with it."""

    sentence: Scalar
    options: tuple[tuple[Scalar, Node], ...] = ()


def read_item(node: Node, problems: Problems) -> Item | None:
    """Read an item; None if it is no sentence, with the reason in *problems*."""
    if isinstance(node, Scalar):
        if not node.text:
            problems.add(node.place, "an item of checks is empty", "expected a sentence")
            return None
        return None if _cut(node, problems) else Item(node)
    if not isinstance(node, Mapping):
        problems.add(node.place, f"an item of checks is {describe(node)}", "expected a sentence")
        return None
    if not node.entries:
        problems.add(node.place, "an item of checks is empty", "expected a sentence")
        return None
    return _with_options(node, problems)


def _with_options(node: Mapping, problems: Problems) -> Item | None:
    sentence, options = node.entries[0]
    if _cut(sentence, problems):
        return None
    if len(node.entries) == 1 and isinstance(options, Mapping) and options.entries:
        return Item(sentence, options.entries)
    problems.add(*_misplaced(node))
    return None


def _misplaced(node: Mapping) -> tuple[Place, str, str]:
    """Say what stands where the options of a sentence should."""
    sentence, options = node.entries[0]
    if len(node.entries) > 1:
        second = node.entries[1][0]
        what = f'"{second.text}" stands beside the sentence "{sentence.text}"'
        hint = "options stand below their sentence, indented further:\n" + _example(node)
        return second.place, what, hint
    if isinstance(options, Mapping):
        return options.place, f'"{sentence.text}" has no options in its braces', _alone(sentence)
    if isinstance(options, Scalar) and options.empty:
        what = f'no options follow the colon after "{sentence.text}"'
        return sentence.place, what, _alone(sentence)
    if isinstance(options, Scalar) and sentence.plain:
        rest = options.text if options.plain else f'"{options.text}"'
        what = f'a colon before a space ends the sentence after "{sentence.text}"'
        written = quoted(f"{sentence.text}: {rest}")
        return sentence.place, what, f"write it in quotes:\n  - {written}"
    what = f'{describe(options)} follows "{sentence.text}"'
    return options.place, what, "expected options (key: value)"


def _cut(sentence: Scalar, problems: Problems) -> bool:
    """Whether a ``#`` cuts *sentence* inside a quoted text."""
    if not sentence.comment or sentence.text.count('"') % 2 == 0:
        return False
    add_cut(sentence, problems)
    return True


def uncut(sentence: Scalar) -> tuple[str, str]:
    """Return *sentence* with its comment, and the options that stand in that."""
    whole = f"{sentence.text} {sentence.comment}"
    return parted(whole) if sentence.comment else (whole, "")


def add_cut(sentence: Scalar, problems: Problems) -> None:
    """Add that the comment of *sentence* belongs to it."""
    text, options = uncut(sentence)
    what = f"YAML takes everything from {sentence.comment.split()[0]!r} on for a comment"
    written = quoted(text) + options
    problems.add(sentence.place, what, f"write the sentence in quotes:\n  - {written}")


def _alone(sentence: Scalar) -> str:
    return f"write the sentence alone, or options below it:\n  - {sentence.text}"


def _example(node: Mapping) -> str:
    (sentence, _), *rest = node.entries
    options = (f"      {k.text}: {v.text if isinstance(v, Scalar) else '...'}" for k, v in rest)
    return "\n".join([f"  - {sentence.text}:", *options])
