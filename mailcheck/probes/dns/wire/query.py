"""What is asked of one server, and its bytes on the wire."""

from __future__ import annotations

from functools import cache

import dns.exception
import dns.flags
import dns.name
import dns.rdataclass
import dns.rdatatype

from mailcheck.names import MAX_NAME

PAYLOAD = 1232
"""EDNS buffer size that fits every path without fragments (DNS Flag Day 2020)."""

SHORT = 512
"""The size that fitted before EDNS, and that no path loses (RFC 1035 §4.2.1)."""


def _opt(payload: int) -> bytes:
    """Return the OPT record (RFC 6891 §6.1.2): owner root, our buffer size, version 0, no option."""
    return b"\x00\x00\x29" + payload.to_bytes(2, "big") + bytes(6)


_OPT = _opt(PAYLOAD)

_LENGTHS = {length: bytes((length,)) for length in range(1, 64)}


class NotAName(ValueError):
    """DNS cannot be asked for such a name; the text says what rule it breaks."""


class Query:
    """One question to one server.

    ``question`` is the question section as it stands in query and response (RFC 1035 §4.1.2),
    ``wire`` the whole message without its id, so that each attempt puts a fresh one in front.

    Args:
        name: normal form, as in a :class:`mailcheck.facts.dns.DnsQuery`.
        rdtype: a mnemonic.
        recursive: whether the server is asked as a resolver (RD).
        edns: whether an OPT record goes along; old servers understand no query that has one.
        checking: whether a resolver is to validate; without (CD, RFC 4035 §3.2.2) it passes on
            what does not.

    Raises:
        NotAName: if the name cannot be put on the wire (too long, an empty label).
    """

    __slots__ = ("checking", "edns", "name", "question", "rdtype", "recursive", "wire")

    def __init__(
        self,
        name: str,
        rdtype: str,
        recursive: bool,  # noqa: FBT001  made for every question, and keywords cost
        *,
        edns: bool = True,
        checking: bool = True,
    ) -> None:
        self.name = name
        self.rdtype = rdtype
        self.recursive = recursive
        self.edns = edns
        self.checking = checking
        self.question = question = wire_name(name) + _type_and_class(rdtype)
        self.wire = _HEADERS[recursive, edns, checking] + question + (_OPT if edns else b"")

    def varied(self, *, edns: bool, checking: bool) -> Query:
        """Return the same question asked in another way."""
        return Query(self.name, self.rdtype, self.recursive, edns=edns, checking=checking)

    def short(self) -> Query:
        """Return the same question with EDNS, to be answered in :data:`SHORT` octets or over TCP."""
        made = self.varied(edns=True, checking=self.checking)
        made.wire = made.wire.removesuffix(_OPT) + _opt(SHORT)
        return made


def wire_name(name: str) -> bytes:
    """Return *name* in wire format, uncompressed (RFC 1035 §3.1).

    Ordinary names are put together here, which takes a twentieth of dnspython's time; escapes,
    U-labels, the root and all that breaks a rule are dnspython's to read or to refuse.

    Raises:
        NotAName: if it fits no packet.
    """
    if len(name) <= MAX_NAME and name.isascii() and "\\" not in name and name != "@":
        try:
            labels = [_LENGTHS[len(label)] + label for label in name.encode("ascii").split(b".")]
        except KeyError:  # the root, a trailing dot, a label too long
            return _by_dnspython(name)
        return b"".join(labels) + b"\0"
    return _by_dnspython(name)


def _by_dnspython(name: str) -> bytes:
    try:
        wire = dns.name.from_text(name).to_wire()
    except (dns.exception.DNSException, UnicodeError) as error:
        raise NotAName(type(error).__name__) from None
    assert wire is not None
    return wire


@cache
def _type_and_class(rdtype: str) -> bytes:
    rdclass = dns.rdataclass.IN
    return dns.rdatatype.from_text(rdtype).to_bytes(2, "big") + rdclass.to_bytes(2, "big")


def _header(*, recursive: bool, edns: bool, checking: bool) -> bytes:
    """Return what follows the id: flags and counts. AD asks for the validation result (RFC 6840 §5.7)."""
    flags = dns.flags.AD | (dns.flags.RD if recursive else 0) | (0 if checking else dns.flags.CD)
    return flags.to_bytes(2, "big") + b"\x00\x01\x00\x00\x00\x00" + edns.to_bytes(2, "big")


_HEADERS = {
    (recursive, edns, checking): _header(recursive=recursive, edns=edns, checking=checking)
    for recursive in (False, True)
    for edns in (False, True)
    for checking in (False, True)
}
