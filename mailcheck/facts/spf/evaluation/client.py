"""The client that sentences about SPF are about, and what they ask of it."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

from mailcheck.facts.spf.evaluation.check import SpfCheck
from mailcheck.facts.spf.evaluation.judging import judged
from mailcheck.facts.spf.evaluation.keeping import with_kept
from mailcheck.facts.spf.evaluation.reach import on_reach
from mailcheck.facts.spf.evaluation.removal import with_removal
from mailcheck.names import Address, Domain, HeloName, parse_address, to_a_labels
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.facts.spf.evaluation.result import Result
    from mailcheck.finding import Finding


_NO_NAME = re.compile(r"\[[^\[\]]*\]|[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]*)+")
"""An address literal, or labels of which one is too long or missing."""


class SpfDomain(str):
    """A domain as clients name it in MAIL FROM: DNS need not be able to hold it.

    RFC 7208 §4.3 has a result for that as well, none. What is no domain by mistake (a mail address,
    an IP address without brackets) is not read.
    """

    __slots__ = ()
    expected: ClassVar[str] = Domain.expected

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person typed.

        Raises:
            ValueError: if nobody would say that in MAIL FROM; the text says which rule it breaks.
        """
        try:
            return cls(Domain.parse(text))
        except ValueError:
            if not _NO_NAME.fullmatch(text) or _is_bare_address(text):
                raise
            return cls(text.lower())


def _is_bare_address(text: str) -> bool:
    with suppress(ValueError):
        return not text.startswith("[") and bool(parse_address(text.strip(".")))
    return False


class MailFrom(str):
    """What a client says in MAIL FROM, between its brackets: any local part, or nothing at all.

    Macros take the local part as it is; whether a server would let it pass is not SPF's matter. A
    text without @ is a local part.
    """

    __slots__ = ()
    expected: ClassVar[str] = "a mailbox such as news@example.com, a local part, or <> for bounces"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read *text*, with or without brackets; its domain becomes A-labels where it can."""
        bare = text[1:-1] if text.startswith("<") and text.endswith(">") else text
        local, at, domain = bare.rpartition("@")
        if not at:
            return cls(bare)
        with suppress(ValueError):
            domain = to_a_labels(domain)
        return cls(f"{local}@{domain}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpfClient:
    """The parameters all sentences share about the SPF of a domain and an address.

    Where the suite does not tell them, the sender is postmaster of the domain, and the client says
    the domain in EHLO: only macros ask for these. Of bounces, the sender is postmaster of what the
    client says (RFC 7208 §2.4).
    """

    domain: SpfDomain = slot("the domain of MAIL FROM")
    ip: Address = slot("the address the client connects from")
    helo: HeloName | None = slot("what it says in EHLO; the domain, by default", default=None)
    sender: MailFrom | None = slot(
        "what it says in MAIL FROM; postmaster, by default", default=None
    )

    @property
    def question(self) -> SpfCheck:
        """What a receiver would evaluate."""
        sender = "postmaster" if self.sender is None else str(self.sender)
        full = sender if "@" in sender or not sender else f"{sender}@{self.domain}"
        return SpfCheck(self.ip, self.domain, full, self.helo or self.domain)

    async def result_is(self, *wanted: Result) -> Finding:
        """Judge whether the result is one of those *wanted*; the first is the one to publish."""
        asked = self.question
        fact = await asked
        found = judged(fact, self.ip, self.domain, *wanted)
        if wanted[0] == "pass":
            found = await with_kept(found, {asked: fact}, self.domain)
        found = await with_removal(found, self.domain)
        return found.with_advice(*await on_reach(self.ip)) if found.result else found
