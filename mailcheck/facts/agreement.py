"""Whether servers say the same: as sets of records, whatever their order and TTL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from mailcheck.evidence import visible
from mailcheck.facts.dns import SHOWN_STATUS, DnsAnswer, NameServer
from mailcheck.finding import Finding, Part, Reason, unmet
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.authority import AuthorityAnswersFact

Answers: TypeAlias = tuple[tuple[NameServer, DnsAnswer], ...]
"""Servers, and what each said."""

Content: TypeAlias = tuple[str, ...]
"""What an answer says, in a form that is equal for equal data and fit to be sorted."""

SHOWN_SERVERS = 8
"""Servers that are named for one content; the rest is counted."""

SHOWN_CONTENT = 200
"""Characters of one content that are shown."""

_ALIAS = "alias of"
_DENIALS = frozenset({(SHOWN_STATUS["nodata"],), (SHOWN_STATUS["nxdomain"],)})


def content(answer: DnsAnswer) -> Content:
    """Return what *answer* says about the very name asked.

    Of an alias that is the alias alone: what its target holds is another zone's to say, and one
    server may know it while the next does not.
    """
    if answer.aliases:
        return (_ALIAS, answer.aliases[0])
    if answer.status == "data":
        return tuple(sorted(set(answer.texts)))
    return (SHOWN_STATUS.get(answer.status, answer.status),)


def shown(what: Content) -> str:
    """Return *what* for people, on one line."""
    joined = f"{_ALIAS} {to_u_labels(what[1])}" if what[0] == _ALIAS else " | ".join(what)
    return visible(joined, SHOWN_CONTENT)


@dataclass(frozen=True, slots=True)
class Views:
    """What several servers say: each content with those that give it, the most given one first.

    ``unread`` is what is missing to call contents the same that look so.
    """

    holders: dict[Content, tuple[NameServer, ...]]
    unread: tuple[Unobserved, ...] = ()

    @property
    def differ(self) -> bool:
        """Whether two servers say different things."""
        return len(self.holders) > 1

    @property
    def only_denials(self) -> bool:
        """Whether something was said, and all of it is that there is nothing."""
        return bool(self.holders) and self.holders.keys() <= _DENIALS

    @property
    def alias(self) -> str:
        """What the name is an alias of, if they say nothing else."""
        [only] = self.holders if len(self.holders) == 1 else [("", "")]
        return only[1] if only[0] == _ALIAS else ""

    def __str__(self) -> str:
        return "; ".join(
            f"{_named(servers)} say{'s' if len(servers) == 1 else ''} {shown(what)}"
            for what, servers in self.holders.items()
        )


def served(answer: DnsAnswer) -> str:
    """Return what a resolver serves, and for how long it still may from its cache."""
    left = "" if answer.ttl is None else f" for another {answer.ttl} s (TTL)"
    return shown(content(answer)) + left


def views_of(said: Answers) -> Views:
    """Sort servers by what they say."""
    found: dict[Content, list[NameServer]] = {}
    for server, answer in said:
        found.setdefault(content(answer), []).append(server)
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    unread = tuple(missing for _, answer in said for missing in answer.unread)
    return Views({what: tuple(servers) for what, servers in ordered}, unread)


def parts_of(name: str, authority: AuthorityAnswersFact, views: Views) -> tuple[Part, ...]:
    """Judge whether all servers of a zone speak for *name*, and say the same.

    The reasons are ``nameservers-differ``, ``server-refuses``, ``not-authoritative`` and
    ``server-without-address``; each is about the server at fault, the first about the zone.
    """
    parts: list[Part] = []
    if views.differ:
        parts.append(unmet("nameservers-differ", str(views), authority.zone))
    parts += [Finding((fault,)) for one in authority.said if (fault := _fault(name, *one))]
    parts += [_unreachable(authority.zone, server) for server in authority.without_address]
    return (*parts, *authority.silent, *views.unread)


def _fault(name: str, server: NameServer, answer: DnsAnswer | Unobserved) -> Reason | None:
    """Say why a server that answered does not speak for *name*."""
    about = f"{server} for {to_u_labels(name)}"
    if isinstance(answer, Unobserved):
        lame = answer.cause == "lame"
        return Reason("not-authoritative", f"{about}: no authority", str(server)) if lame else None
    if answer.status == "refused":
        return Reason("server-refuses", f"{about}: REFUSED", str(server))
    if answer.authoritative:
        return None
    what = "refers elsewhere" if answer.status == "referral" else "answers without authority"
    return Reason("not-authoritative", f"{about}: {what}", str(server))


def _unreachable(zone: str, server: str) -> Finding:
    shown = visible(to_u_labels(server))
    text = f"{to_u_labels(zone)} has the name server {shown}, which has no A and no AAAA record"
    return unmet("server-without-address", text, server)


def _named(servers: tuple[NameServer, ...]) -> str:
    names = ", ".join(visible(str(server), 80) for server in servers[:SHOWN_SERVERS])
    more = len(servers) - SHOWN_SERVERS
    return f"{names} and {more} more" if more > 0 else names
