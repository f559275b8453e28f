"""The hosts that take mail for a domain, and a session with every address of a host."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, Literal, TypeAlias, TypeVar

from mailcheck.facts.existence import NO_SUCH_DOMAIN, absence
from mailcheck.facts.host_addresses import (
    MAX_ADDRESSES,
    NO_ADDRESS,
    HostAddresses,
    HostAddressesFact,
)
from mailcheck.facts.mail_hosts import MAX_EXCHANGES, MailHosts
from mailcheck.facts.smtp.address_session import AddressSession, Held, is_shut
from mailcheck.facts.smtp.vantage import BLOCKED_HERE, NO_NETWORK, SilentHere
from mailcheck.finding import Advice, Finding, Reason, all_hold, met
from mailcheck.names import to_u_labels
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mailcheck.facts.smtp.envelope import Envelope
    from mailcheck.facts.smtp.session import SmtpSessionFact
    from mailcheck.finding import Part
    from mailcheck.names import Address

T = TypeVar("T")
S = TypeVar("S", bound=Held)

Families: TypeAlias = Literal["any", "all"]
"""Whether IPv6 may be left out where this machine has no route for it, or must be asked."""

IPV6_NOT_ASKED = "ipv6-not-asked"
NO_IPV6_ROUTE = "no-ipv6-route"

_NO_WAY_OUT = frozenset({NO_IPV6_ROUTE, NO_NETWORK, BLOCKED_HERE})
"""Causes that lie here, whoever is asked."""


async def receivers(domain: str) -> tuple[str, ...] | Reason:
    """Return the hosts a sender connects to for *domain*, or why there are none.

    A domain without MX is its own host (RFC 5321 §5.1); one with a null MX has none (RFC 7505).

    Raises:
        NotObserved: if the MX records are not known, or are too many to ask.
    """
    mx = await MailHosts(domain)
    if gone := absence(mx.answer):
        return gone
    for missing in mx.answer.unread:
        raise NotObserved(missing)
    if null := mx.nothing_but_null:
        return null
    return _few_enough(mx.names, MAX_EXCHANGES, f"MX hosts of {to_u_labels(domain)}") or (domain,)


@question
class HostSessions(Question["HostSessionsFact[SmtpSessionFact]"]):
    """A session with *port* of every address of *host*, in which *envelopes* are offered.

    An address that the host shares with one of those *before* it is called by that one's name: it is
    one server, which is offered recipients once.
    """

    host: str
    port: int
    envelopes: tuple[Envelope, ...] = ()
    before: tuple[str, ...] = ()

    async def derive(self) -> HostSessionsFact[SmtpSessionFact]:
        """Find the addresses, then ask them all at once."""
        names = await _names_by_address(self.before)
        return await with_each_address(
            self.host,
            lambda address: AddressSession(
                address, self.port, names.get(address, self.host), self.envelopes
            ),
        )


async def with_each_address(
    host: str, session: Callable[[Address], Question[S]]
) -> HostSessionsFact[S]:
    """Find the addresses of *host* and hold a *session* with each, all at once.

    Raises:
        NotObserved: if nothing is known of the addresses, or they are too many to ask.
    """
    found = await HostAddresses(host)
    several = tuple(dict.fromkeys(found.addresses))
    addresses = _few_enough(several, MAX_ADDRESSES, f"addresses of {to_u_labels(host)}")
    answers = await each_of(map(session, addresses))
    held = HostSessionsFact(found, tuple(zip(addresses, answers, strict=True)))
    return held.beside(held.taken())


@dataclass(frozen=True, slots=True)
class HostSessionsFact(Generic[S]):
    """What was found of a host, and how the session with each of its addresses went."""

    found: HostAddressesFact
    sessions: tuple[tuple[Address, S | Unobserved], ...]

    def reached(self) -> HostSessionsFact[S]:
        """Return the same of the addresses that take connections, as far as can be told."""
        taken = tuple(
            (address, session)
            for address, session in self.sessions
            if not (is_shut(session) if isinstance(session, Unobserved) else session.refused)
        )
        return replace(self, sessions=taken)

    def taken(self) -> dict[int, str]:
        """Return who took a connection first, for each version of IP over which any address did."""
        return {
            address.version: session.where
            for address, session in reversed(self.sessions)
            if not isinstance(session, Unobserved) and not session.refused
        }

    def beside(self, taken: Mapping[int, str]) -> HostSessionsFact[S]:
        """Return the same where, on this port and of those asked together, these have *taken* one.

        Over those versions the port is not shut here, and who is silent is silent.
        """
        sessions = tuple(
            (address, session.beside(taken[address.version]))
            if isinstance(session, SilentHere) and address.version in taken
            else (address, session)
            for address, session in self.sessions
        )
        return replace(self, sessions=sessions)

    def judged(
        self,
        judge: Callable[[S], Part],
        families: Families,
        *,
        named_by_mx: bool = False,
    ) -> Iterator[Part]:
        """Judge each address; the host's own absence and what is unknown of it are parts too.

        A host that is only *named by MX* and does not exist is one without address: the domain that
        is judged is there.
        """
        yield from self.found.unknown
        if not self.sessions and not self.found.unknown:
            reason = self.found.missing
            if named_by_mx and reason.tag == NO_SUCH_DOMAIN:
                reason = Reason(NO_ADDRESS, reason.text, self.found.host)
            yield Finding((reason,))
        left_out = self._left_out() if families == "any" else ()
        if left_out:
            listed = ", ".join(map(str, left_out))
            text = (
                f"no way out over IPv6 here: {listed} of {to_u_labels(self.found.host)} not asked"
            )
            yield met(Advice(IPV6_NOT_ASKED, text))
        for address, session in self.sessions:
            if isinstance(session, Unobserved):
                yield from () if address in left_out else (session,)
            else:
                yield judge(session)

    def _left_out(self) -> tuple[Address, ...]:
        """Return the IPv6 addresses that cannot be asked from here, if the host has others."""
        unrouted = tuple(
            address
            for address, session in self.sessions
            if isinstance(session, Unobserved)
            and session.cause in _NO_WAY_OUT
            and address.version == 6
        )
        return unrouted if len(unrouted) < len(self.sessions) else ()


async def all_serve(
    hosts: Iterable[str],
    port: int,
    judge: Callable[[SmtpSessionFact], Part],
    families: Families,
    *,
    named_by_mx: bool,
    envelopes: tuple[Envelope, ...] = (),
) -> Finding:
    """Hold a session with *port* of each address of each of *hosts*, all at once; each must hold.

    With *envelopes*, it is the session in which those are offered, of which each address has one.
    """
    parts: list[Part] = []
    several = tuple(hosts)
    asked = [
        HostSessions(name, port, envelopes, several[:at] if envelopes else ())
        for at, name in enumerate(several)
    ]
    answers = await each_of(asked)
    known = [host for host in answers if not isinstance(host, Unobserved)]
    taken = {version: who for host in reversed(known) for version, who in host.taken().items()}
    for host in answers:
        if isinstance(host, Unobserved):
            parts.append(host)
        else:
            parts += host.beside(taken).judged(judge, families, named_by_mx=named_by_mx)
    return all_hold(parts)


async def _names_by_address(hosts: tuple[str, ...]) -> dict[Address, str]:
    """Return the first of *hosts* that has it, for each of their addresses."""
    names: dict[Address, str] = {}
    for host, found in zip(hosts, await each_of(map(HostAddresses, hosts)), strict=True):
        if not isinstance(found, Unobserved):
            names |= {address: host for address in found.addresses if address not in names}
    return names


def _few_enough(several: tuple[T, ...], limit: int, what: str) -> tuple[T, ...]:
    if len(several) > limit:
        text = f"{len(several)} {what} are more than the {limit} that are asked"
        raise NotObserved(Unobserved("too-many-to-ask", text))
    return several
