"""The lists that a block describes itself, for its own sentences.

They add to what is known and take nothing from it: whoever writes a suite must not be able to make
a list mean less that mailcheck or the run knows, nor to speak for the run's keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from mailcheck.blocklists.reading import WORDS as ALLOWED
from mailcheck.blocklists.reading import described

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.blocklists import Blocklist, Registry
    from mailcheck.errors import Place
    from mailcheck.source.nodes import Node, Scalar
    from mailcheck.source.problems import Problems

KEYS = {
    "operator": "who runs it",
    "takes": "what it is asked about: ip4, ip6 or domain, several with commas; both families by default",
    "codes": "its return codes, CODE or FIRST-LAST, each with a category and what it means",
    "bits": "the bits of its last octet, in place of codes",
    "base": "the address to which the bits are added",
    "refusals": "return codes that say nothing about what was asked, and why they are given",
    "test": "an entry that it has, and one it has not: 127.0.0.2, not 127.0.0.1; or none",
    "key": "whether it takes a key, which mail_blocklist_keys names",
    "registered": "whether its operator must know the resolver",
    "default": "whether `not on any blocklist` asks it, in this block",
    "dul": "whether `not on DUL` asks it, in this block",
    "removal": "where to ask for removal",
    "state": "live, or defunct with its date and what took its place",
}
"""What a suite may say of a list, and what the schema says about it."""

WORDS = {key: words for key, words in ALLOWED.items() if key != "dul"} | {"dul": ("extra", "no")}
"""The values that some of them have."""

Lists: TypeAlias = "tuple[Blocklist, ...]"


class ListsReader:
    """Reads ``blocklists`` of the blocks of one suite; *known* are the lists they may not touch."""

    def __init__(self, known: Callable[[], Registry], problems: Problems) -> None:
        self._known = known
        self._problems = problems
        self._said: dict[str, tuple[Blocklist, Place]] = {}

    def read(self, node: Node | None) -> Lists:
        """Read ``blocklists`` of a block; without it, the block has none of its own."""
        if node is None:
            return ()
        before = len(self._problems.found)
        lists: list[Blocklist] = []
        for name, one in described(node, self._problems):
            self._refuse(name, one)
            lists.append(one)
        if not lists and len(self._problems.found) == before:
            self._problems.add(node.place, "blocklists describes none", "expected a zone and codes")
        return tuple(lists)

    def _refuse(self, name: Scalar, one: Blocklist) -> None:
        """Add what a suite may not say of a list."""
        known = self._known()
        if one.zone in known.lists or known.find(one.zone).defunct:
            what = f"{name.text} is known already"
            hint = "leave it out here; the file of mail_blocklists, in the ini file, may describe it anew"
            self._problems.add(name.place, what, hint)
        if "." not in one.zone:
            self._problems.add(name.place, f"{name.text} is no zone of a blocklist")
        if one.keyed or one.dul == "essential":
            word = "keyed" if one.keyed else "dul: essential"
            what = f"{name.text} has {word}, which stands in the place of other lists"
            self._problems.add(
                name.place, what, "say that in the file of mail_blocklists, in the ini file"
            )
        first, place = self._said.setdefault(one.zone, (one, name.place))
        if first != one:
            what = f"{name.text} is described in two ways"
            hint = f"the first is in line {place.line}; describe it alike, or in one block"
            self._problems.add(name.place, what, hint)
