"""Secrets in questions: put in where a packet leaves, taken out of all that comes back.

A question names its secret, as in ``2.0.0.127.${env:LIST_KEY}.list.example``. What a probe asks holds
the value; what it delivers does not, wherever a server may have repeated it.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

import dns.exception
import dns.rdata
import dns.rdatatype

from mailcheck.facts.dns import DnsAnswer
from mailcheck.probes.crash import crashed
from mailcheck.question import Unobserved
from mailcheck.secrets import MARK, named_in, put_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mailcheck.facts.dns import DnsQuery, ServerQuery
    from mailcheck.secrets import Secret

MISSING = "secret-missing"
MISPLACED = "secret-misplaced"


def has_secret(question: DnsQuery | ServerQuery, keys: Mapping[str, Secret]) -> bool:
    """Whether *question* names one of *keys*, under the zone that it belongs to, and no other secret.

    Whoever publishes names could otherwise have any variable of the environment asked for.
    """
    if MARK not in question.name or len(named_in(question.name)) != 1:
        return False
    below = f".{question.name}"
    return any(below.endswith(f".{key}.{zone}") for zone, key in keys.items())


def misplaced(question: DnsQuery | ServerQuery) -> Unobserved | None:
    """Say that *question*, for which there is no key, names a secret all the same.

    So does a name that a list gave and that had the key in it. As it is written, it would be asked
    of whoever serves another zone, and of the list it says nothing.
    """
    if MARK not in question.name or not named_in(question.name):
        return None
    text = f"{question.name} names a key under a zone that the key is not for: it was not asked for"
    return Unobserved(MISPLACED, text)


def unmasked(
    question: DnsQuery | ServerQuery, environ: Mapping[str, str]
) -> tuple[DnsQuery | ServerQuery, Secrets] | Unobserved:
    """Return *question* with the values of its secrets, and what masks them again.

    Unobserved, and not evaluated, if the environment does not have one, or it fits no label.
    """
    values: dict[Secret, str] = {}
    for secret in named_in(question.name):
        value = environ.get(secret.name, "")
        if not _LABEL.fullmatch(value):
            why = "is not set" if not value else "is no key: it fits no label of a name"
            text = f"the environment variable {secret.name} {why}"
            return Unobserved(MISSING, text, not_evaluated=True)
        values[secret] = value
    name = put_in(question.name, values)
    return replace(question, name=name), Secrets({v: str(secret) for secret, v in values.items()})


class Secrets:
    """Takes values of secrets out of what was observed."""

    __slots__ = ("_masks", "_values")

    def __init__(self, masks: Mapping[str, str]) -> None:
        self._masks = {value.lower(): mask for value, mask in masks.items()}
        longest_first = sorted(masks, key=len, reverse=True)
        # What a server said may have been cut within a value before it came here.
        cut = [f"{re.escape(v[:n])}(?=…)" for v in longest_first for n in range(len(v) - 1, 2, -1)]
        whole = map(_as_in_urls, longest_first)
        values = "|".join([*whole, *cut])
        self._values = re.compile(rf"(?:{_IN_ESCAPE})?({values})", re.IGNORECASE)

    def delivering(self, deliver: Callable[[Any], None]) -> Callable[[Any], None]:
        """Return *deliver* for what is masked first."""

        def deliver_masked(said: DnsAnswer | Unobserved) -> None:
            try:
                shown = self.masked(said)
            except Exception as error:  # noqa: BLE001  a bug ends its question, not the run
                shown = self.masked(crashed(error))
            deliver(shown)

        return deliver_masked

    def masked(self, said: DnsAnswer | Unobserved) -> DnsAnswer | Unobserved:
        """Return *said* with every value replaced by the name of its secret."""
        kept: dict[str, Any] = {}
        for one in fields(said):
            if one.init:
                kept[one.name] = self._masked(getattr(said, one.name))
        if isinstance(said, DnsAnswer) and said.rdtype == "NS" and kept["records"] != said.records:
            # Whoever asks for the servers must ask for names in which the secret can be put again.
            kept["delegated_to"] = tuple(self._masked(text[:-1]) for text in said.texts)
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
            if command := changed.get("command"):  # for a shell, which knows the variable
                changed["command"] = _REFERENCE.sub(r'"$\1"', command)
            return replace(value, **changed)
        return value

    def _record(self, record: dns.rdata.Rdata) -> dns.rdata.Rdata:
        if record.rdtype in _ADDRESSES:
            return record
        if record.rdtype == dns.rdatatype.TXT:
            return self._text(record)
        text = record.to_text()
        if not self._values.search(text):
            return record
        hidden = self._values.sub("masked", text)
        try:
            return dns.rdata.from_text(record.rdclass, record.rdtype, hidden)
        except (dns.exception.DNSException, ValueError):  # a number was masked, or a name got long
            return dns.rdata.GenericRdata(record.rdclass, record.rdtype, b"")

    def _text(self, record: Any) -> dns.rdata.Rdata:
        """Mask a TXT record: its strings are read as one, and may be divided within a value."""
        whole = b"".join(record.strings).decode("latin-1")
        hidden = self._values.sub("masked", whole)
        if hidden == whole:
            return cast("dns.rdata.Rdata", record)
        octets = hidden.encode("latin-1")
        strings = [octets[at : at + _STRING] for at in range(0, len(octets), _STRING)]
        return cast("dns.rdata.Rdata", record.replace(strings=strings))

    def _mask(self, found: re.Match[str]) -> str:
        said = unquote(found[1]).lower()
        return next(mask for value, mask in self._masks.items() if value.startswith(said))


def _as_in_urls(value: str) -> str:
    """Return a pattern of *value*, any character of which may be percent-encoded."""
    return "".join(f"(?:{re.escape(c)}|%{ord(c):02x})" for c in value)


_IN_ESCAPE = r"\\[0-9]{0,2}"
"""What of an escaped octet (``\\007``) may stand before a value that its last digits belong to."""

_REFERENCE = re.compile(r"\$\{env:(\w+)\}")

_ADDRESSES = frozenset({dns.rdatatype.A, dns.rdatatype.AAAA})
"""Types that hold no text, and whose digits are nobody's key."""

_STRING = 255
"""Octets of one string (RFC 1035 §3.3)."""

_LABEL = re.compile(r"[A-Za-z0-9_-]{1,63}")
"""What keys of lists are made of."""
