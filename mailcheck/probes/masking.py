"""Secrets in questions: put in where a packet leaves, taken out of all that comes back.

A question names its secret, as in ``2.0.0.127.${env:LIST_KEY}.list.example``. What a probe asks holds
the value; what it delivers does not, wherever a server may have repeated it.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import dns.rdata

from mailcheck.question import Unobserved
from mailcheck.secrets import MARK, named_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mailcheck.facts.dns import DnsAnswer, DnsQuery, ServerQuery

MISSING = "secret-missing"


def has_secret(question: DnsQuery | ServerQuery) -> bool:
    """Whether *question* names a secret."""
    return MARK in question.name


def unmasked(
    question: DnsQuery | ServerQuery, environ: Mapping[str, str]
) -> tuple[DnsQuery | ServerQuery, Secrets] | Unobserved:
    """Return *question* with the values of its secrets, and what masks them again.

    Unobserved, and not evaluated, if the environment does not have one, or it fits no label.
    """
    values: dict[str, str] = {}
    name = question.name
    for secret in named_in(name):
        value = environ.get(secret.name, "")
        if not _LABEL.fullmatch(value):
            why = "is not set" if not value else "is no key: it fits no label of a name"
            text = f"the environment variable {secret.name} {why}"
            return Unobserved(MISSING, text, not_evaluated=True)
        values[value] = str(secret)
        name = name.replace(str(secret), value)
    return replace(question, name=name), Secrets(values)


class Secrets:
    """Takes values of secrets out of what was observed."""

    __slots__ = ("_masks", "_values")

    def __init__(self, masks: Mapping[str, str]) -> None:
        self._masks = {value.lower(): mask for value, mask in masks.items()}
        longest_first = sorted(map(re.escape, masks), key=len, reverse=True)
        self._values = re.compile("|".join(longest_first), re.IGNORECASE)

    def delivering(self, deliver: Callable[[Any], None]) -> Callable[[Any], None]:
        """Return *deliver* for what is masked first."""
        return lambda said: deliver(self.masked(said))

    def masked(self, said: DnsAnswer | Unobserved) -> DnsAnswer | Unobserved:
        """Return *said* with every value replaced by the name of its secret."""
        kept: dict[str, Any] = {}
        for one in fields(said):
            if one.init:
                kept[one.name] = self._masked(getattr(said, one.name))
        return type(said)(**kept)

    def _masked(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._values.sub(self._mask, value)
        if isinstance(value, tuple):
            return tuple(map(self._masked, value))
        if isinstance(value, dns.rdata.Rdata):
            return self._record(value)
        if hasattr(value, "__dataclass_fields__"):
            changed = {f.name: self._masked(getattr(value, f.name)) for f in fields(value)}
            return replace(value, **changed)
        return value

    def _record(self, record: dns.rdata.Rdata) -> dns.rdata.Rdata:
        text = record.to_text()
        if not self._values.search(text):
            return record
        hidden = self._values.sub("masked", text)
        return dns.rdata.from_text(record.rdclass, record.rdtype, hidden)

    def _mask(self, found: re.Match[str]) -> str:
        return self._masks[found[0].lower()]


_LABEL = re.compile(r"[A-Za-z0-9_-]{1,63}")
"""What keys of lists are made of."""
