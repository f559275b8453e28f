"""How far one lookup has gone from the name that was asked for, and how much further it may go."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mailcheck.facts.aliases import endless

if TYPE_CHECKING:
    from mailcheck.question import Unobserved
    from mailcheck.world.proposed.patch.copied import Copied

MAX_DEPTH = 4
"""Lookups of name servers' addresses within one another."""

MAX_HOSTS = 64
"""Name servers whose addresses are looked up for one name. Without a limit, delegations that lead to
one another without glue cost as many lookups as there are ways through them."""


@dataclass(frozen=True, slots=True)
class Search:
    """A lookup of something that was asked for, or of something that this takes.

    It is for the address of the last of the name servers *hosts*, and of the target of the last of
    *copies*, names that have copies of one another's records; ``looked_up`` are the hosts of all.
    """

    hosts: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    looked_up: list[str] = field(default_factory=list)

    def of_host(self, host: str) -> Search | None:
        """Return the lookup of the name server *host*; None if it waits for itself, or goes too far."""
        too_far = len(self.hosts) >= MAX_DEPTH or len(self.looked_up) >= MAX_HOSTS
        if too_far or host in self.hosts:
            return None
        self.looked_up.append(host)
        return Search((*self.hosts, host), (), self.looked_up)

    def of_original(self, copied: Copied) -> Search | Unobserved:
        """Return the lookup of what is *copied*, or why it leads nowhere."""
        first, *others = names = (*self.copies, copied.name)
        return endless(first, (*others, copied.target)) or replace(self, copies=names)
