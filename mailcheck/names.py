"""Names and addresses: read, normalised and shown in one place.

A name in normal form is lower case, A-labels only, without the trailing dot; the root is ``.``.
Everything that compares names compares normal forms.

Slot types (what a sentence may be filled with) are classes with ``parse(text)`` and
``expected``: see :mod:`mailcheck.slots`.
"""

from __future__ import annotations

import ipaddress
import re
from typing import ClassVar, Self, TypeAlias

import idna

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
"""An IP address of either family."""

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

MAX_NAME = 253
"""Characters of a name without its trailing dot (RFC 1035 §2.3.4: 255 octets on the wire)."""

MAX_LABEL = 63

_HOLDS_A_NAME = re.compile(
    r"[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?(?P<host>[^/?#:@]*)|[^@]*@(?P<domain>[^@?]*)", re.IGNORECASE
)
"""A URL (RFC 3986 §3) or a mail address, where a name should be."""

# A label from the wire may hold a dot, which is escaped then.
_FIRST_LABEL = re.compile(r"(?:[^.\\]|\\.)*\.?")
_ESCAPING = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")

_HOST_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?")


_USUAL_LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_USUAL_NAME = re.compile(rf"(?:{_USUAL_LABEL}\.)*(?![0-9]){_USUAL_LABEL}")
"""A name that needs no second look but at its length; no address, whose last label is a number."""


class Domain(str):
    """A domain name in normal form. U-labels are welcome when read, A-labels are kept."""

    __slots__ = ()
    expected: ClassVar[str] = "a domain name such as example.com"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person typed.

        Raises:
            ValueError: if no name can be spelled so; the text says which rule it breaks.
        """
        if len(text) <= MAX_NAME and _USUAL_NAME.fullmatch(text):
            return cls(text.lower())
        return cls.parse_unusual(text)

    @classmethod
    def parse_unusual(cls, text: str) -> Self:
        """Read what a person typed, as :meth:`parse` does, at the pace of the odd cases."""
        if _is_address(text):
            raise ValueError(f"{text!r} is an IP address, not a name")
        if mistaken := _HOLDS_A_NAME.match(text):
            kind = "a URL" if mistaken["host"] is not None else "a mail address"
            raise ValueError(f"{text!r} is {kind}{cls._held(mistaken)}")
        ascii_form = to_a_labels(text)
        if _is_address(ascii_form):  # digits may have been full-width
            raise ValueError(f"{text!r} is an IP address, not a name")
        for label in ascii_form.split("."):
            if not _HOST_LABEL.fullmatch(label):
                raise ValueError(f"label {label!r} of {text!r} is not letters, digits and hyphens")
        return cls(ascii_form)

    @classmethod
    def _held(cls, mistaken: re.Match[str]) -> str:
        try:
            name = cls.parse(mistaken["host"] or mistaken["domain"] or "")
        except ValueError:
            return ""
        return f"; its domain is {to_u_labels(name)}"


class RecordType(str):
    """A DNS record type whose RRsets can be compared: ``MX``, ``TXT``, ``A``."""

    __slots__ = ()
    expected: ClassVar[str] = "a DNS record type such as MX"
    KNOWN: ClassVar[frozenset[str]] = frozenset(
        {"A", "AAAA", "CAA", "CNAME", "DNSKEY", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA"}
        | {"SRV", "SSHFP", "SVCB", "TLSA", "TXT"}
    )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a type mnemonic in any case.

        Raises:
            ValueError: if it is none that mailcheck compares.
        """
        if (mnemonic := text.upper()) not in cls.KNOWN:
            raise ValueError(
                f"{text!r} is not a record type; known: {', '.join(sorted(cls.KNOWN))}"
            )
        return cls(mnemonic)


class Port(int):
    """A TCP port, 1 to 65535."""

    __slots__ = ()
    expected: ClassVar[str] = "a port from 1 to 65535"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read decimal digits.

        Raises:
            ValueError: if it is not a number in range.
        """
        if not re.fullmatch(r"[0-9]{1,5}", text) or not 1 <= int(text) <= 65535:
            raise ValueError(f"{text!r} is not a port from 1 to 65535")
        return cls(int(text))


class HeloName(str):
    """What a client says after EHLO or HELO, kept as typed: whether it is legal is a verdict."""

    __slots__ = ()
    expected: ClassVar[str] = "the name a client says in EHLO, such as mail.example.com"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Take any text that is not empty; U-labels become A-labels where they can.

        Raises:
            ValueError: if there is nothing.
        """
        if not text:
            raise ValueError("an EHLO name cannot be empty")
        if text.isascii():
            return cls(text)
        try:
            return cls(to_a_labels(text))
        except ValueError:
            return cls(text)


def to_a_labels(text: str) -> str:
    """Return *text* lower-cased, A-labels only, without trailing dot (IDNA 2008, UTS 46 mapping).

    Raises:
        ValueError: for an empty or overlong name or label, or a label IDNA refuses.
    """
    bare = text.removesuffix(".")
    if not bare:
        raise ValueError("a name cannot be empty")
    if not bare.isascii():
        try:
            bare = ".".join(map(_a_label, idna.uts46_remap(bare, std3_rules=False).split(".")))
        except idna.IDNAError as error:
            raise ValueError(f"{text!r} is not a valid internationalised name: {error}") from None
    name = bare.lower()
    if len(name) > MAX_NAME:
        raise ValueError(f"a name of {len(name)} characters is longer than {MAX_NAME}")
    for label in name.split("."):
        if not label:
            raise ValueError(f"{text!r} has an empty label")
        if len(label) > MAX_LABEL:
            raise ValueError(
                f"label {label[:20]!r}… has {len(label)} characters, at most {MAX_LABEL}"
            )
    return name


def _a_label(label: str) -> str:
    # Label by label: IDNA refuses the underscore, which _dmarc and its like have beside U-labels.
    return label if label.isascii() else idna.encode(label, uts46=True).decode("ascii")


def to_u_labels(name: str) -> str:
    """Return *name* for people: A-labels that decode become U-labels, all others stay."""
    if "xn--" not in name:
        return name
    return ".".join(_u_label(label) for label in name.split("."))


def _u_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return idna.decode(label)
    except (idna.IDNAError, UnicodeError):
        return label


def parse_address(text: str) -> Address:
    """Read an IPv4 or IPv6 address, with or without the brackets of an address literal.

    Raises:
        ValueError: if it is neither.
    """
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    if bare.lower().startswith("ipv6:"):  # RFC 5321 §4.1.3
        bare = bare[5:]
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        raise ValueError(f"{text!r} is not an IP address") from None
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id:
            raise ValueError(f"{text!r} has a scope; only global addresses send mail")
        if address.ipv4_mapped:
            return address.ipv4_mapped
    return address


def _is_address(text: str) -> bool:
    try:
        parse_address(text)
    except ValueError:
        return False
    return True


def reverse_name(address: Address) -> Domain:
    """Return the name under which *address* has its PTR (RFC 1035 §3.5, RFC 3596 §2.5)."""
    return Domain(address.reverse_pointer)


def written_out(address: Address) -> str:
    """Return *address* without ``::``, which would split a pytest node id."""
    return address.exploded


def parent(name: str) -> str:
    """Return the name one label up; the parent of a single label is the root ``.``."""
    if "\\" in name:
        return _FIRST_LABEL.sub("", name, count=1) or "."
    return name.partition(".")[2] or "."


def is_under(name: str, zone: str) -> bool:
    """Whether *name* is *zone* or below it. Both in normal form."""
    dot = len(name) - len(zone) - 1
    below = name.endswith(f".{zone}") and not _ESCAPING.search(name, 0, dot)
    return below or zone in {".", name}
