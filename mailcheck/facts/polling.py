"""What the servers of one zone say together, asked one after the other until one knows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias, TypeVar
from zlib import crc32

from mailcheck.evidence import visible
from mailcheck.facts.dns import ANSWERS, DnsAnswer
from mailcheck.facts.referral import zone_below
from mailcheck.names import is_under, to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from mailcheck.facts.dns import NameServer

S = TypeVar("S")

Said: TypeAlias = "tuple[NameServer, DnsAnswer | Unobserved]"
"""Who was asked, and what came of it."""

IN_VAIN = 8
"""Servers that may fail to answer before the rest of a zone is given up; one of which no address is
known counts twice, since that takes several questions to find out."""


class Polling:
    """Takes in what the servers of *zone* say.

    ``impostor`` is who answers in the place of the root, if somebody does (see
    :class:`mailcheck.facts.root.RootFact`): then nobody knows who refuses. ``unseen`` tells of the
    hosts whose address could not be found out why.
    """

    def __init__(
        self, zone: str, impostor: str = "", unseen: Mapping[str, Unobserved] = {}
    ) -> None:
        self._zone = zone
        self._impostor = impostor
        self._unseen = unseen
        self._refusals: list[DnsAnswer] = []
        self._failures: list[Unobserved] = []
        self._unknown: list[str] = []
        self._denied_above: list[DnsAnswer] = []

    @property
    def in_vain(self) -> bool:
        """Whether enough of them were asked for nothing."""
        return len(self._failures) + 2 * len(self._unknown) >= IN_VAIN

    def heard(self, said: Iterable[Said], name: str) -> DnsAnswer | None:
        """Return the first answer that counts: with authority, or a referral towards *name*."""
        for server, answer in said:
            if isinstance(answer, Unobserved):
                self._failures.append(answer)
            elif answer.status == "refused":
                self._refusals.append(answer)
            elif self._is_denied_above(answer):
                self._denied_above.append(answer)
            elif (answer.status in ANSWERS and answer.authoritative) or zone_below(
                answer, self._zone, name
            ):
                return answer
            else:
                who = visible(str(server))
                zone = visible(to_u_labels(self._zone))
                text = f"{who} has no authority for {zone}, which it should serve"
                self._failures.append(Unobserved("lame", text, answer.evidence))
        return None

    def found(self, hosts: Sequence[str], known: Container[str]) -> None:
        """Remember those *hosts* of a delegation that have no address: all but the *known*."""
        self._unknown += [host for host in hosts if host not in known]

    def outcome(self, *, complete: bool) -> DnsAnswer | Unobserved:
        """Return what it comes to if nobody gave an answer that counts.

        That is a refusal only if all of them refuse, *complete* says that all were asked, and it is
        their own word. The root refuses nobody: whoever does so in its name is somebody else.
        """
        # A server this machine has no route to was not asked, and so was not silent either.
        failures = [failure for failure in self._failures if not failure.not_evaluated]
        shown = visible(to_u_labels(self._zone))
        if self._denied_above:
            return self._outcome_of_denials(alone=complete and not (failures or self._refusals))
        if self._refusals and not failures and not self._unknown and complete:
            if not self._impostor and self._zone != ".":
                return replace(self._refusals[0], cut=self._zone)
            who = visible(self._impostor or "somebody")
            text = f"{who} answers in the place of the servers of {shown}, and refuses"
            return Unobserved("refused", text)
        if worst := next(iter(failures or self._failures), None):
            return replace(worst, text=worst.text or f"no server of {shown} answers")
        if self._refusals:
            return Unobserved("refused", f"not all servers of {shown} could be asked; some refuse")
        hosts = ", ".join(visible(to_u_labels(host)) for host in self._unknown[:IN_VAIN])
        if why := next((self._unseen[h] for h in self._unknown if h in self._unseen), None):
            text = f"{shown} is delegated to {hosts}, of which no address is known: {why.text}"
            return replace(why, text=text)
        return Unobserved("lame", f"{shown} is delegated to {hosts or 'nobody'}: no address known")

    def _is_denied_above(self, answer: DnsAnswer) -> bool:
        """Whether *answer* is a denial by a zone that lies above this one, and delegates it.

        A server that was never given the zone may hold one above, such as a root of its own.
        """
        return bool(
            answer.authoritative
            and answer.denier
            and not answer.aliases
            and not is_under(answer.denier, self._zone)
        )

    def _outcome_of_denials(self, *, alone: bool) -> DnsAnswer | Unobserved:
        """Believe a denial by a zone above if all servers say so *alone*: some name it wrong."""
        denial = self._denied_above[0]
        if alone and not self._unknown:
            return denial
        shown = visible(to_u_labels(self._zone))
        return Unobserved(
            "lame", f"some servers of {shown} speak for a zone above", denial.evidence
        )


def was_reached(answer: DnsAnswer | Unobserved) -> bool:
    """Whether this network leads to who was asked, be he silent."""
    if isinstance(answer, DnsAnswer):
        return True
    return answer.cause != "unreachable" and not answer.not_evaluated


def rotated(hosts: Sequence[str], name: str) -> list[str]:
    """Return *hosts* from a place on that depends on *name* alone, in every run the same."""
    at = crc32(name.encode()) % len(hosts) if hosts else 0
    return [*hosts[at:], *hosts[:at]]


def doubling(servers: Sequence[S]) -> list[Sequence[S]]:
    """Split *servers* into one, two, four and so on."""
    batches: list[Sequence[S]] = []
    at = 0
    while at < len(servers):
        batches.append(servers[at : 2 * at + 1])
        at = 2 * at + 1
    return batches
