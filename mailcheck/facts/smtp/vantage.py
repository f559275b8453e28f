"""What can be seen of mail servers from where the run is: is a port silent, or shut off here?

Most networks let nobody out to port 25, and drop the packets. That looks like a server that is
down. So where a server is silent, some that are never silent together are tried on the same port.

If they are silent too, another server may have been reached all the same: a firewall lets some
through, or the control hosts are down. That counts where the same sentence asks both, and the silence
is the server's then. What other sentences of the run reached is told and does not count: the verdict
would hang on which of them are run, and in which order.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal, TypeAlias

from mailcheck.evidence import Evidence
from mailcheck.facts.lookup import Lookup
from mailcheck.names import Address, parse_address
from mailcheck.question import Question, Unobserved, each_of, question

Family: TypeAlias = Literal["IPv4", "IPv6"]

FAMILIES: tuple[Family, ...] = ("IPv4", "IPv6")

HTTPS = 443

_UNHEARD = frozenset(
    {
        *("timeout", "connection-refused", "connection-reset", "connection-closed"),
        *("no-route", "no-ipv6-route", "malformed-reply"),
    }
)
"""Causes of an attempt that was made and found no server; others say that none was made."""

NO_NETWORK = "no-network"
BLOCKED_HERE = "port-blocked-here"
SILENT_ALONE = "silent-while-controls-answer"


@dataclass(frozen=True, slots=True)
class SilentHere(Unobserved):
    """Silence as it looks from here; ``unheard`` is what is known of the server alone."""

    unheard: Unobserved | None = None

    def beside(self, reached: str) -> Unobserved:
        """Return what it means if another server, named *reached*, answers on the same port."""
        if self.unheard is None:
            return self
        return replace(self.unheard, text=f"{self.unheard.text}; {reached} answers")


@question
class RunControls(Question["RunControlsFact"]):
    """The hosts that the run tries where a server is silent."""

    aside: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class RunControlsFact:
    """Names of hosts and the port each is known to answer on, by different operators; may be none."""

    hosts: tuple[tuple[str, int], ...] = ()

    @property
    def ports(self) -> frozenset[int]:
        """The ports of which can be found out whether they are shut: HTTPS is tried beside them."""
        ports = frozenset(port for _, port in self.hosts)
        return ports if HTTPS in ports else frozenset()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Nothing worth a line."""
        return ()


@question
class PortAnswers(Question["PortAnswersFact"]):
    """Whether anybody answers at *address* and *port*: connects, and greets if servers there do."""

    address: Address
    port: int


@dataclass(frozen=True, slots=True)
class PortAnswersFact:
    """That somebody did, in so many milliseconds."""

    address: Address
    port: int
    milliseconds: float | None = field(default=None, compare=False)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """One line."""
        took = "" if self.milliseconds is None else f"{self.milliseconds:.0f} ms"
        return (Evidence(f"{self.address} port {self.port}", "answers", took),)


@question
class ReachedSoFar(Question["ReachedSoFarFact"]):
    """Whether the run has reached anybody over *family* on *port* until now.

    No verdict may rest on it: it hangs on which tests there are, and on their order.
    """

    family: Family
    port: int


@dataclass(frozen=True, slots=True)
class ReachedSoFarFact:
    """Who was the first one, if anybody was."""

    first: Address | None = None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Nothing worth a line: whoever was reached has lines of its own."""
        return ()


@question
class Vantage(Question["VantageFact"]):
    """Whether connections of a *family* to *port* come through from here at all."""

    family: Family
    port: int

    async def derive(self) -> VantageFact:
        """Try every control host on that port, and those of HTTPS."""
        controls = await RunControls()
        if self.port not in controls.ports:
            return VantageFact(self.family, self.port)
        named = [control for control in controls.hosts if control[1] in (self.port, HTTPS)]
        rdtype = "A" if self.family == "IPv4" else "AAAA"
        found = await each_of(Lookup(name, rdtype) for name, _ in named)
        asked = {
            (name, port): PortAnswers(parse_address(answer.texts[0]), port)
            for (name, port), answer in zip(named, found, strict=True)
            if not isinstance(answer, Unobserved) and answer.texts
        }
        # All at once: where there is no network, every one of them is waited for in vain.
        answers = await each_of(asked.values())
        causes = {
            control: answer.cause if isinstance(answer, Unobserved) else ""
            for control, answer in zip(asked, answers, strict=True)
        }
        here = {
            name: cause
            for (name, port), cause in causes.items()
            if port == self.port and (not cause or cause in _UNHEARD)
        }
        seen = VantageFact(
            self.family,
            self.port,
            asked=tuple(here),
            heard=tuple(name for name, cause in here.items() if not cause),
            web=any(port == HTTPS and not cause for (_, port), cause in causes.items()),
            refused=set(here.values()) == {"connection-refused"},
        )
        if not seen.is_shut:
            return seen
        [reached] = await each_of([ReachedSoFar(self.family, self.port)])
        return seen if isinstance(reached, Unobserved) else replace(seen, other=reached.first)


@dataclass(frozen=True, slots=True)
class VantageFact:
    """Which control hosts of the port were asked and heard, and whether the ``web`` answers.

    ``refused`` means that each of them refused the connection. ``other`` was reached on the port all
    the same, and is only worth a note.
    """

    family: Family
    port: int
    asked: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    web: bool = False
    refused: bool = False
    other: Address | None = field(default=None, compare=False)

    @property
    def is_shut(self) -> bool:
        """Whether nobody at all can be reached on the port; one host alone may be down."""
        return len(self.asked) >= 2 and not self.heard

    @property
    def is_blocked(self) -> bool:
        """Whether it is the port that is shut, and not the whole network."""
        return self.is_shut and self.web

    @property
    def refuses_for_all(self) -> bool:
        """Whether who refuses here is a firewall on the way, which does so for everybody.

        Where there is only a network of one's own, with control hosts out of reach, a refusal is
        that of the server.
        """
        return self.is_blocked or (self.is_shut and self.refused)

    def explains(self, unheard: Unobserved) -> Unobserved:
        """Return what it means, seen from here, that a server was *unheard*.

        A refusal stays that of whoever refuses for all: a firewall may spare others.
        """
        over = f"port {self.port} over {self.family}"
        if self.heard and unheard.cause == "timeout":
            verb = "answers" if len(self.heard) == 1 else "answer"
            text = f"{unheard.text}; {' and '.join(self.heard)} {verb}"
            return replace(unheard, cause=SILENT_ALONE, text=text)
        if not self.is_shut:
            return unheard
        tried = f"{' and '.join(self.asked)} cannot be reached either"
        still = f"; still, {self.other} was reached" if self.other else ""
        seen, itself = unheard.evidence, None if unheard.cause == "connection-refused" else unheard
        if self.web:
            text = f"{over} seems to be shut here: {tried}, and HTTPS works{still}"
            return SilentHere(BLOCKED_HERE, text, seen, not_evaluated=True, unheard=itself)
        nobody = f"{tried}, nor anybody on HTTPS{still}"
        text = f"there seems to be no way out over {self.family}: {nobody}"
        shared = f"network {self.family}"
        return SilentHere(NO_NETWORK, text, seen, shared=shared, unheard=itself)


def family_of(address: Address) -> Family:
    """Return the family of *address*."""
    return "IPv4" if address.version == 4 else "IPv6"
