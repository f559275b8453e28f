"""The consent of a suite: at whose servers recipients may be tried.

Who probes mailboxes at strangers' servers gets this network blocklisted. So a block names the
domains that agreed, and the run has to agree as well: a pull request cannot speak for its runner.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from mailcheck.names import Domain, is_under
from mailcheck.source.nodes import Mapping, Scalar, Sequence, describe

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
    """The domains of a block, in normal form.

    ``everybody`` if whoever runs it said so himself, or it is not known who agreed.
    """

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
    """Read ``probe`` of a block; without it, nobody agreed to anything.

    What is wrong is said once: no sentence is refused for a consent that could not be read.
    """
    if node is None:
        return Consent()
    before = len(problems.found)
    domains = _recipients(node, problems)
    return Consent(domains, everybody=len(problems.found) > before)


def _recipients(node: Node, problems: Problems) -> frozenset[str]:
    written = [key.text for key, _ in node.entries] if isinstance(node, Mapping) else []
    if not get_close_matches("recipients", written, n=1):
        what = "names no recipients" if isinstance(node, Mapping) else f"is {describe(node)}"
        problems.add(node.place, f"probe {what}", _meant(node))
        return frozenset()
    named = problems.keys(node, PROBE, "probe").get("recipients")
    if named is None:  # misspelt, and said so
        return frozenset()
    if not _texts(named):
        empty = isinstance(named, Sequence) and not named.items
        what = f"recipients is {'an empty list' if empty else describe(named)}"
        problems.add(named.place, what, _meant(named))
        return frozenset()
    domains: set[str] = set()
    for one in problems.scalars(named, "recipients"):
        try:
            domains.add(str(Domain.parse(one.text)))
        except ValueError as error:
            problems.add(one.place, str(error), f"expected {Domain.expected}")
    return frozenset(domains)


def _meant(node: Node) -> str:
    """Return what to write in place of *node*, with the domains that stand in it."""
    keys = [key.text for key, _ in node.entries] if isinstance(node, Mapping) else []
    domains = [text for text in (*_texts(node), *keys) if "." in text and _is_domain(text)]
    return f"write probe: {{recipients: [{', '.join(domains or ['example.com'])}]}}"


def _texts(node: Node) -> list[str]:
    """Return the texts of a text or of a list."""
    items = node.items if isinstance(node, Sequence) else (node,)
    return [item.text for item in items if isinstance(item, Scalar) and item.text]


def _is_domain(text: str) -> bool:
    try:
        Domain.parse(text)
    except ValueError:
        return False
    return True
