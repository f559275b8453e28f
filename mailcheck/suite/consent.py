"""The consent of a suite: at whose servers recipients may be tried.

Who probes mailboxes at strangers' servers gets this network blocklisted. So a block names the
domains that agreed, and the run has to agree as well: a pull request cannot speak for its runner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.names import Domain, is_under

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.errors import Place
    from mailcheck.facts.smtp.envelope import RecipientProbe
    from mailcheck.source.nodes import Node
    from mailcheck.source.problems import Problems

PROBE = {"recipients": "domains at whose servers recipients may be tried: [example.com]"}
"""The keys of ``probe`` and what the schema says about them."""


@dataclass(frozen=True, slots=True)
class Consent:
    """The domains of a block, in normal form; ``everybody`` if whoever runs it said so himself."""

    domains: frozenset[str] = frozenset()
    everybody: bool = False

    def refuse(self, probes: Iterable[RecipientProbe], place: Place, problems: Problems) -> bool:
        """Add a problem for a sentence at *place* if any of its *probes* is not agreed to."""
        for name in dict.fromkeys(probe.consents for probe in probes):
            if self.everybody or any(_speaks_for(domain, name) for domain in self.domains):
                continue
            what = f"the sentence tries recipients at the servers of {name}, which nobody agreed to"
            agreed = ", ".join((*sorted(self.domains), name))
            agree = f"if they are yours, write in this block: probe: {{recipients: [{agreed}]}}"
            problems.add(place, what, agree)
            return True
        return False


def _speaks_for(domain: str, name: str) -> bool:
    """Whether who owns *domain* owns *name*: of a top-level domain that is true of itself alone."""
    return name == domain or ("." in domain and is_under(name, domain))


def read_consent(node: Node | None, problems: Problems) -> Consent:
    """Read ``probe`` of a block; without it, nobody agreed to anything."""
    if node is None:
        return Consent()
    keys = problems.keys(node, PROBE, "probe")
    if "recipients" not in keys:
        problems.add(node.place, "probe names no recipients", "expected recipients: [example.com]")
        return Consent()
    domains: set[str] = set()
    for one in problems.scalars(keys["recipients"], "recipients") or ():
        try:
            domains.add(str(Domain.parse(one.text)))
        except ValueError as error:
            problems.add(one.place, str(error), f"expected {Domain.expected}")
    return Consent(frozenset(domains))
