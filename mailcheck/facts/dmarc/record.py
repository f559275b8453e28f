"""A DMARC Policy Record, read as RFC 9989 §4.7, 4.8 and 4.10.1 say."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias, cast

from mailcheck.facts.report_uri import ReportUri, report_uri
from mailcheck.facts.tag_list import TagList, tag_list

Policy: TypeAlias = Literal["none", "quarantine", "reject"]

POLICIES: tuple[Policy, ...] = ("none", "quarantine", "reject")
"""The weakest first."""

POLICY_TAGS = ("p", "sp", "np")

REMOVED = ("pct", "rf", "ri")
"""Tags of RFC 7489 that RFC 9989 removed: who reads records by it ignores them."""

_VALUES = {
    **dict.fromkeys(POLICY_TAGS, re.compile("none|quarantine|reject")),
    "t": re.compile("[yn]"),
    "psd": re.compile("[ynu]"),
    "adkim": re.compile("[rs]"),
    "aspf": re.compile("[rs]"),
    # Either 0 or 1, each once, and d and s among them in any order.
    "fo": re.compile(r"(?!.*0.*[01]|.*1.*[01]|.*d.*d|.*s.*s)[01ds](:[01ds])*"),
}
"""What each tag may say, in lower case: the literals of RFC 9989 §4.8 have no case."""

VALUES = {
    "t": "y or n",
    "psd": "y, n or u",
    **dict.fromkeys(("adkim", "aspf"), "r (relaxed) or s (strict)"),
    "fo": "0 or 1, d, s, with colons between them",
}
"""The same for people; policies have their names."""

URI_TAGS = ("rua", "ruf")

JUDGED = frozenset({*_VALUES, *URI_TAGS})
"""Tags whose value is judged. That of all others is not looked at."""

KNOWN = JUDGED | {"v", *REMOVED}

_VERSION = re.compile(rb"[vV][ \t]*=[ \t]*DMARC1[ \t]*(?:;|\Z)")


@dataclass(frozen=True, slots=True)
class Policies:
    """What is asked for a domain, its existing subdomains, and those that do not exist.

    The defaults are filled in: ``np`` without a tag of its own is ``sp``, and ``sp`` is ``p``.
    """

    p: Policy
    sp: Policy
    np: Policy


@dataclass(frozen=True)
class DmarcRecord:
    """One record and how it is applied. Every value falls back to its default if it is not valid.

    ``owner`` is the name that has it: the target, where the name that was asked is an alias.
    """

    text: bytes
    owner: str = ""

    @cached_property
    def listed(self) -> TagList:
        """Its tags as they stand there, and what is no tag."""
        return tag_list(self.text)

    @cached_property
    def values(self) -> dict[str, str]:
        """The first value of each tag by its name in lower case, valid or not."""
        values: dict[str, str] = {}
        for tag in self.listed.tags:
            values.setdefault(tag.name.lower(), tag.value)
        for fault in self.listed.faults:
            if fault.wrong == "value":
                name, _, value = fault.text.partition("=")
                values.setdefault(name.strip(" \t").lower(), value.strip(" \t"))
        return values

    @cached_property
    def duplicates(self) -> tuple[str, ...]:
        """The tags that occur more than once, which make the list invalid (RFC 6376 §3.2).

        Of tags that DMARC does not know, it is not known that case does not matter.
        """
        names = [t.name.lower() if t.name.lower() in KNOWN else t.name for t in self.listed.tags]
        return tuple(name for name, times in Counter(names).items() if times > 1)

    @property
    def wrong(self) -> tuple[str, ...]:
        """The tags whose value is none of those that RFC 9989 gives them; not those with URIs."""
        return tuple(
            name
            for name, value in self.values.items()
            if name in _VALUES and not is_value(name, value)
        )

    @property
    def policies(self) -> Policies | None:
        """The policies as receivers apply them (RFC 9989 §4.10.1); None: they apply no DMARC.

        Without a valid ``p``, or with an ``sp`` or ``np`` that is not, the record counts as
        ``p=none`` if it asks for aggregate reports, and for nothing if not.
        """
        if not self.fallen_back:
            p = self._policy("p", "none")
            sp = self._policy("sp", p)
            return Policies(p, sp, self._policy("np", sp))
        if any(not uri.fault for uri in self.rua):
            return Policies("none", "none", "none")
        return None

    @property
    def fallen_back(self) -> bool:
        """Whether its policies count for nothing: ``p`` is missing, or one of them has no meaning."""
        return "p" not in self.values or not {*POLICY_TAGS}.isdisjoint(self.wrong)

    def _policy(self, tag: str, default: Policy) -> Policy:
        return cast("Policy", self.values.get(tag, default).lower())

    @property
    def testing(self) -> bool:
        """Whether each policy is to be applied one level lower: ``t=y``."""
        return self._said("t") == "y"

    @property
    def psd(self) -> str:
        """``y`` at a Public Suffix Domain, ``n`` at an Organizational Domain, else ``u``."""
        return self._said("psd") or "u"

    def strict(self, tag: Literal["adkim", "aspf"]) -> bool:
        """Whether identifiers of that kind have to be the Author Domain itself."""
        return self._said(tag) == "s"

    def _said(self, tag: str) -> str:
        return "" if tag in self.wrong else self.values.get(tag, "").lower()

    @cached_property
    def rua(self) -> tuple[ReportUri, ...]:
        """Where aggregate reports go."""
        return _uris(self.values.get("rua"))

    @cached_property
    def ruf(self) -> tuple[ReportUri, ...]:
        """Where failure reports go."""
        return _uris(self.values.get("ruf"))


def _uris(value: str | None) -> tuple[ReportUri, ...]:
    """Read the value of a tag of URIs, which commas separate; None if there is none."""
    parts = () if value is None else value.split(",")
    return tuple(report_uri(part.strip(" \t"), sized=True) for part in parts)


def is_value(name: str, value: str) -> bool:
    """Whether RFC 9989 gives *value* to the tag *name*, which is not one of those with URIs."""
    return _VALUES[name].fullmatch(value.lower()) is not None


def is_record(text: bytes) -> bool:
    """Whether *text* is a DMARC record: its first tag is ``v``, and the value exactly ``DMARC1``."""
    return _VERSION.match(text) is not None


def lowered(policy: Policy) -> Policy:
    """Return the policy one level below *policy*."""
    return POLICIES[max(POLICIES.index(policy) - 1, 0)]


def weaker(one: Policy, other: Policy) -> bool:
    """Whether *one* asks for less than *other*."""
    return POLICIES.index(one) < POLICIES.index(other)
