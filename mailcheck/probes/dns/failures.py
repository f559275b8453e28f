"""Why a question to DNS brought no fact."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from mailcheck.evidence import OVER_TCP, Evidence, all_of, visible
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailcheck.facts.dns import Source
    from mailcheck.probes.dns.wire.query import Query

_EXPLAINED = {
    "timeout": "no answer came",
    "unreachable": "nobody takes queries there",
    "servfail": "the resolver tried and failed: a server that does not answer, or DNSSEC that does not validate",
    "bogus": "DNSSEC does not validate: the resolver has an answer that it does not trust",
    "resolver-rewrites": "the resolver says itself that its answer is not the zone's",
    "refused": "the resolver refuses to answer this client",
    "no-recursion": "the server asked as a resolver does not resolve for this client",
    "lame": "the server is not authoritative for the name and says nothing about it",
    "formerr": "the server does not understand the query",
    "notimp": "the server does not implement the query",
    "no-ipv6-route": "this machine has no route for IPv6",
    "alias-loop": "the alias chain leads back to itself",
    "alias-chain-too-long": "the alias chain is longer than anybody follows",
    "malformed": "the answer cannot be read",
    "truncated": "the answer did not come whole",
    "not-a-name": "DNS cannot be asked for such a name",
}

_OWN_SERVFAIL = "the server has no working copy of the zone: expired, broken or not yet loaded"
"""What SERVFAIL means from a server that is asked for its own zone, and has nobody to ask."""

_TOLD_BY_DETAIL = frozenset({"unreachable", "no-probe", "probe-crashed"})
"""Causes of many kinds, where only the detail says what is to be done."""

_RCODES = frozenset({"servfail", "refused", "formerr", "notimp"})

_TELLING = ("bogus", "servfail", "refused")
"""A resolver that failed says more than one that was silent; what it says decides whether the
zone's own servers are asked next. The more telling comes first: a bogus answer was a SERVFAIL."""

_SILENT = ("timeout", "unreachable")
"""What says least: a packet may have been lost beside whatever else went wrong."""


class Asked(NamedTuple):
    """What was asked, where there is no query on the wire for it."""

    name: str
    rdtype: str
    recursive: bool


def unobserved(
    query: Asked | Query, cause: str, source: Source, detail: str = "", extended: str = ""
) -> Unobserved:
    """Say that *query* brought no fact, why, and from whom; *extended* is the server's own word.

    Without the time it took: the same failure in every try is one line.
    """
    result = cause.upper() if cause in _RCODES else cause
    details = ", ".join(filter(None, (detail, extended)))
    seen = Evidence(
        f"{visible(query.name)} {query.rdtype}",
        f"{result} ({details})" if details else result,
        str(replace(source, milliseconds=None)),
        source.command,
    )
    text = _EXPLAINED.get(cause, "")
    if cause == "servfail" and not query.recursive:
        text = _OWN_SERVFAIL
    elif cause in _TOLD_BY_DETAIL:
        text = detail or text
    said = f"the server says {extended}" if extended else ""
    return Unobserved(cause, "; ".join(filter(None, (text, said))), (seen,))


def worst(failures: list[Unobserved], waited: float = 0.0) -> Unobserved:
    """Return the failure that stands for all, with evidence of each; silence if there is none.

    Silence names who was silent, and for how long: *waited* are seconds of listening. So does a
    closed port: an error of the system says "Connection refused", and not by whom.
    """
    if not failures:
        return Unobserved("timeout", _EXPLAINED["timeout"])
    first = min(failures, key=lambda f: (f.not_evaluated, _silence(f.cause)))
    alike = [failure for failure in failures if failure.cause == first.cause]
    text = first.text
    lines = [line for failure in alike for line in failure.evidence]
    if lines and first.cause == "unreachable":
        same = (line for f in alike if f.text == first.text for line in f.evidence)
        text += f": {all_of(map(_server, same))}"
    if lines and first.cause == "timeout":
        text += f" from {all_of(map(_server, lines))}"
        text += f" in {waited:.0f} s" if waited >= 1 else ""
    return replace(first, text=text, evidence=_together(failures))


def _silence(cause: str) -> int:
    """Return the less the more *cause* tells."""
    if cause in _TELLING:
        return _TELLING.index(cause)
    return len(_TELLING) + (cause in _SILENT)


def shown_chain(names: Sequence[str]) -> str:
    """Return the names of an alias chain in their order, fit to be shown."""
    return visible(" → ".join(map(visible, names)))


def _together(failures: list[Unobserved]) -> tuple[Evidence, ...]:
    """Return one line for each cause, naming every server that failed with it."""
    groups: dict[str, list[Evidence]] = {}
    for failure in failures:
        groups.setdefault(failure.cause, []).extend(failure.evidence)
    return tuple(
        replace(lines[0], source=f"from {all_of(map(_who, lines))}")
        for lines in groups.values()
        if lines
    )


def _server(line: Evidence) -> str:
    return _who(line).removesuffix(OVER_TCP)


def _who(line: Evidence) -> str:
    return line.source.removeprefix("from ")
