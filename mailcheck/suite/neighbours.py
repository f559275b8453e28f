"""The sentence that was probably meant by one that no check reads."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from mailcheck.evidence import visible
from mailcheck.suite.grammar import accepts
from mailcheck.suite.titles import spelled
from mailcheck.template import Hole, tokens_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from mailcheck.catalogue import Catalogue
    from mailcheck.check import Check
    from mailcheck.slots import Slot
    from mailcheck.template import Form

CLOSE = 0.6
"""How alike a sentence and its neighbour are, from 0 to 1, to be mentioned."""

COMPARED = 300
"""Characters of a sentence that are compared with its neighbours; comparing is quadratic."""

_NO_WORD = "\0"

_NO_TEXT = "word"
"""What only such slots take as take any word; they are not sure to be what it is there for."""

LACKING = 0.2
"""By how much less alike a form is for each slot that lacks its text, or has a word of letters alone,
which may be no text of a slot; and for each name that only one of the two has."""


def hint(catalogue: Catalogue, sentence: str, options: Collection[str] = ()) -> str:
    """Say what was probably meant by *sentence*, which no check reads and which has *options*."""
    meant = neighbour(catalogue, sentence, options)
    if meant is None:
        return "`mailcheck list` shows every sentence"
    said = f'did you mean "{meant}"?'
    for name in options:
        if f"{{{name}}}" in meant:
            said += f" {{{name}}} stands for the option"
    if "not" in sentence.casefold().split() and "not" not in meant.split(" "):
        said += " What is not to hold has expect: and the tag that it is to be unmet with"
    return said


def neighbour(catalogue: Catalogue, sentence: str, options: Collection[str] = ()) -> str | None:
    """Return the sentence whose words are most like *sentence*'s, with its slot texts in place.

    Where none is close, but some are about what *sentence* names (SPF), it is the one of them that
    needs least. A slot among the *options* given with the sentence has its name in braces for its
    text.
    """
    try:
        written = [token.text for token in tokens_of(sentence[:COMPARED])]
    except ValueError:
        return None
    forms = [(check, form) for _, check in catalogue for form in check.template.forms]
    names = _names([form for _, form in forms])
    said = names.intersection(word.casefold() for word in written)
    closest: tuple[float, ...] = (CLOSE,)
    plainest: tuple[float, ...] = ()
    close, plain = None, None
    for check, form in forms:
        meant, words, ratio, needed = _compared(check, form, written, options)
        told = names.intersection(words)
        ratio -= LACKING * len(told ^ said)
        if (ratio, -needed) > closest:
            close, closest = meant, (ratio, -needed)
        likeness = (-len(told ^ said), -needed, -len(form), ratio)
        if told & said and (plain is None or likeness > plainest):
            plain, plainest = meant, likeness
    return close or plain


def sentences_about(catalogue: Catalogue, name: str) -> tuple[str, ...]:
    """Return the templates of the sentences that are about *name*: SPF, DMARC, MX; or none."""
    templates = [check.template for _, check in catalogue]
    if name.casefold() not in _names([form for one in templates for form in one.forms]):
        return ()
    return tuple(one.text for one in templates if name.casefold() in one.text.casefold().split())


def _names(forms: Iterable[Form]) -> frozenset[str]:
    """Return what sentences are about that has a name in capitals (SPF, MX), in lower case.

    Words that a slot follows (IP) only say what that is, unless a sentence begins with them.
    """
    words = {word for form in forms for word in form if isinstance(word, str) and len(word) > 1}
    pairs = {pair for form in forms for pair in pairwise(form[1:])}
    words -= {word for word, behind in pairs if isinstance(word, str) and isinstance(behind, Hole)}
    return frozenset(word.casefold() for word in words if word.isupper())


def _compared(
    check: Check[Any], form: Form, written: list[str], options: Collection[str]
) -> tuple[str, set[str], float, int]:
    """Compare what was *written* with *form*.

    Returns the sentence that would be meant, what surely belongs to it of its words, in lower case,
    how alike they are, and how many texts it needs.
    """
    meant, rest, texts = _laid_along(check, form, written)
    taken = {name: text for name, text in texts.items() if text is not None}
    needed = sum(name not in options for name in texts if name not in taken)
    words = [part for part in form if isinstance(part, str)]
    # A choice that was not made is words that are missing.
    missing = [word for name in texts if name not in taken for word in _choices(check.slots[name])]
    every = " ".join((*words, *missing)).casefold()
    ratio = SequenceMatcher(None, rest.casefold(), every).ratio()
    sure = {name for name in taken if not accepts(check.slots[name], _NO_TEXT)}
    doubtful = sum(text.isalpha() for name, text in taken.items() if name not in sure)
    made = sum(bool(_choices(check.slots[name])) for name in taken)
    belonging = {word.casefold() for word in (*words, *(taken[name] for name in sure))}
    return meant, belonging, ratio - LACKING * (needed + doubtful - made), needed


def _choices(slot: Slot) -> list[str]:
    return [str(c) for c in get_args(slot.type)] if get_origin(slot.type) is Literal else []


def _laid_along(
    check: Check[Any], form: Form, written: list[str]
) -> tuple[str, str, dict[str, str | None]]:
    """Lay the words of a sentence along *form*.

    Returns the sentence that was probably meant, in which a slot that none of the words fits keeps
    its name; the words that were not taken for slots; and what each slot took, if anything.
    """
    words = [part.casefold() if isinstance(part, str) else _NO_WORD for part in form]
    matcher = SequenceMatcher(None, [w.casefold() for w in written], words, autojunk=False)
    meant: list[str] = []
    rest: list[str] = []
    texts: dict[str, str | None] = {}
    for _, low, high, start, end in matcher.get_opcodes():
        free = written[low:high]
        for index in range(start, end):
            part = form[index]
            behind = end - index - 1
            if isinstance(part, str):
                meant.append(part)
                if len(free) > behind:
                    rest.append(free.pop(0))
                continue
            slot = check.slots[part.name]
            text, skipped = _taken(slot, free, last=behind == 0)
            rest += skipped
            texts[part.name] = text
            meant.append(f"{{{part.name}}}" if text is None else spelled(text))
        rest += free
    return visible(" ".join(meant)), " ".join(rest), texts


def _taken(slot: Slot, free: list[str], *, last: bool) -> tuple[str | None, list[str]]:
    """Take from *free* what *slot* accepts; return it and the words before it.

    A text of several words that lacks its quotes is taken whole. Whoever writes the name of the slot,
    `selector s1`, means the word behind it.
    """
    if last and free and (slot.type is str or accepts(slot, " ".join(free))):
        text = " ".join(free)
        free.clear()
        return text, []
    for position, word in enumerate(free):
        if word.casefold() != slot.name and accepts(slot, word):
            skipped = free[:position]
            del free[: position + 1]
            return word, skipped
    return None, []
