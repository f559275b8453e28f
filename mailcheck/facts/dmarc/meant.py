"""What a text that is no valid DMARC record was meant to say."""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import zip_longest
from typing import TYPE_CHECKING, cast

from mailcheck.facts.dmarc.record import (
    KNOWN,
    POLICIES,
    POLICY_TAGS,
    REMOVED,
    URI_TAGS,
    is_value,
    lowered,
    weaker,
)
from mailcheck.facts.report_uri import are_uris
from mailcheck.facts.report_uri import meant as meant_uris
from mailcheck.facts.typed_text import MAX_READ, typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailcheck.facts.dmarc.record import Policy

MAX_VALUE = 100
"""Octets of a value in which a policy is looked for."""

_TAG = "|".join(sorted(KNOWN, key=len, reverse=True))
_BEGINS = re.compile(rf"(?:^|(?<=[\s,]))({_TAG})\s*[=:][=\s]*", re.IGNORECASE)
"""The beginning of a tag, wherever a semicolon before it may have been forgotten."""

_POLICY = "|".join(POLICIES)
_SEAMS = (
    # Strings of a record put together without the semicolon that should have ended the first.
    re.compile(rf"(?:dmarc\s*1|[=:]\s*(?:{_POLICY}))(?=(?:{_TAG})\s*=)", re.IGNORECASE),
    re.compile(r"@[^\s,;@]+?(?=ru[af]\s*=)", re.IGNORECASE),
)
_NO_SIGN = re.compile(
    rf"(?:^|(?<=[\s,;]))({'|'.join(POLICY_TAGS)}|ru[af])\s+(?=(?:{_POLICY})\b|\S*@)", re.IGNORECASE
)

_NAMED = re.compile(r"([A-Za-z_]+)\s*=")
_MISTYPED = {"rau": "rua", "aru": "rua", "ura": "rua", "rfu": "ruf", "fur": "ruf"}
_UNTAGGED = ("dmarc", "mailto")
"""What stands before an equals sign that is none of a tag, in ``DMARC=1`` and ``mailto=USER@DOMAIN``."""

_MODES = {"strict": "s", "relaxed": "r"}
_WORDS = {
    "adkim": _MODES,
    "aspf": _MODES,
    "t": {"yes": "y", "true": "y", "1": "y", "no": "n", "false": "n", "0": "n"},
}
"""Words that people write for the letters of a tag."""

_AROUND = " \t\r\n.,:!'<>()[]"


def meant(*texts: bytes) -> dict[str, str]:
    """Return the tags that *texts* were meant to say in one record, with valid values.

    ``v`` and removed tags are left out. What is said several times: addresses are put into one list,
    the strictest policy is kept, and of anything else nothing if it differs. Of texts that are longer
    than :data:`MAX_READ` together nothing is returned.
    """
    if sum(map(len, texts)) > MAX_READ:
        return {}
    plainly: dict[str, list[str]] = {}
    perhaps: dict[str, list[str]] = {}
    for name, value, plain in (pair for text in texts for pair in _pairs(typed(text))):
        if name not in ("v", *REMOVED) and (read := _value(name, value)):
            said = plainly if plain or name in URI_TAGS else perhaps
            said.setdefault(name, []).append(read)
    return {name: one for name, said in (perhaps | plainly).items() if (one := _one(name, said))}


def enough(said: Mapping[str, str], wanted: Policy) -> dict[str, str | None]:
    """Return the changes by which *said* asks for *wanted*, or goes on asking for more than that."""
    policy = strictest((wanted, cast("Policy", said.get("p", wanted))))
    asked: dict[str, str | None] = {"p": policy}
    return asked | ({"t": None} if weaker(lowered(policy), wanted) else {})


def policy_meant(value: str) -> str:
    """Return the policy that *value*, which is none, says or resembles; empty if there is none."""
    if said := meant(b"p=" + value.encode("utf-8", "replace")[:MAX_VALUE]).get("p"):
        return said
    return next(iter(get_close_matches(value.lower()[:20], POLICIES, 1, 0.7)), "")


def _pairs(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the tags of *text*, and whether each stands at the beginning of its part, where it belongs.

    A tag further behind may lack its semicolon, or stand in a remark. A URI that stands alone belongs
    to the last list of URIs before it.
    """
    for seam in _SEAMS:
        text = seam.sub(r"\g<0>; ", text)
    uris = "rua"
    for written in map(str.strip, _NO_SIGN.sub(r"\1=", text).replace("|", ";").split(";")):
        named = _NAMED.match(written)
        tag = named[1].lower() if named else ""
        if tag and tag not in (*KNOWN, *_MISTYPED, *_UNTAGGED):
            continue  # another tag, whatever it says
        part = _MISTYPED.get(tag, tag) + written[len(tag) :]
        found = list(_BEGINS.finditer(part))
        if are_uris(alone := part[: found[0].start() if found else None]):
            yield uris, alone, True
        for match, behind in zip_longest(found, found[1:]):
            name = match[1].lower()
            uris = name if name in URI_TAGS else uris
            yield name, part[match.end() : behind.start() if behind else None], not match.start()


def _value(name: str, value: str) -> str:
    if name in URI_TAGS:
        return ",".join(meant_uris(value))
    bare = value.strip(_AROUND)
    if name in POLICY_TAGS:
        bare = bare.lower()
    elif name in _WORDS:
        bare = _WORDS[name].get(bare.lower(), bare)
    elif name == "fo":
        bare = _failures(bare)
    return bare if is_value(name, bare) else ""


def _failures(value: str) -> str:
    """Return the options of ``fo``, each once; 1 asks for all that 0 does, and excludes it."""
    options = dict.fromkeys(re.findall("[01ds]", value.lower()))
    if "1" in options:
        options.pop("0", None)
    return ":".join(options)


def _one(name: str, values: list[str]) -> str:
    if name in URI_TAGS:
        return ",".join(dict.fromkeys(uri for value in values for uri in value.split(",")))
    if name in POLICY_TAGS:
        return strictest(cast("Policy", value) for value in values)
    if name == "fo":
        return _failures(":".join(values))
    return values[0] if len({value.lower() for value in values}) == 1 else ""


def strictest(policies: Iterable[Policy]) -> Policy:
    """Return the one of *policies* that asks for most."""
    return max(policies, key=POLICIES.index)
