r"""Data that BIND takes, in octets, of types that dnspython does not know or is stricter about.

What comes of it is no record with fields: nobody looks at them where a server knows no more either.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

import dns.ipv6
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype as types
from dns.rdatatype import RdataType
from dns.rdtypes.svcbbase import GenericParam, ParamKey

from mailcheck.evidence import visible
from mailcheck.zones.reading.lexing import Quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Name = Callable[[str], dns.name.Name]

OWN_TYPES: Mapping[str, RdataType] = {
    name: RdataType.make(value)
    for name, value in (
        *(("EID", 31), ("NIMLOC", 32), ("ATMA", 34), ("SINK", 40), ("RKEY", 57), ("TALINK", 58)),
        ("DOA", 259),
    )
}
"""Names that BIND has for types, and dnspython has not."""

_TLSA, _DS = "1 1 1 hex", "2 1 1 hex"

_FORMS: Mapping[int, str] = {
    **dict.fromkeys((types.MB, types.MG, types.MR), "name"),
    **dict.fromkeys((types.MINFO, OWN_TYPES["TALINK"]), "name name"),
    **dict.fromkeys((OWN_TYPES["EID"], OWN_TYPES["NIMLOC"]), "hex"),
    **dict.fromkeys((types.TLSA, types.SMIMEA), _TLSA),
    **dict.fromkeys((types.DS, types.CDS, types.DLV, types.TA), _DS),
    types.GPOS: "string string string",
    types.URI: "2 2 text",
    types.ZONEMD: "4 1 1 hex",
    types.SSHFP: "1 1 hex?",
    OWN_TYPES["SINK"]: "1 1 1 base64?",
    OWN_TYPES["DOA"]: "4 4 1 string base64-",
    OWN_TYPES["RKEY"]: "2 1 1 base64",
}
"""Numbers by their octets; ``hex`` and ``base64`` are all the rest, which may be empty behind a
question mark, and be a hyphen behind a hyphen."""

_OF_A_KEY, _OF_A_ZONE = {1: 20, 2: 32, 4: 48}, {1: 48, 2: 64}

_DIGESTS = {
    **dict.fromkeys((types.DS, types.CDS, types.DLV, types.TA), _OF_A_KEY),
    types.ZONEMD: _OF_A_ZONE,
    types.SSHFP: {1: 20, 2: 32},
}
"""Octets of a digest by its algorithm, the last field but one, where BIND knows it."""

_MIN_DIGEST = 12
"""Octets of the digest of a zone (RFC 8976 §2.2.4)."""

_ESCAPE = re.compile(rb"\\(\d{3}|.)", re.DOTALL)


def own_data(rdtype: RdataType, fields: Sequence[str], name: Name) -> dns.rdata.Rdata | None:
    """Return the data that *fields* are as BIND reads them, None if it has no other way.

    Raises:
        ValueError: if BIND does not take them either; binascii.Error is one.
    """
    if fields and fields[0] == "\\#":
        return _in_hexadecimal(rdtype, fields[1:])
    if rdtype == types.A6:
        octets = _a6(fields, name)
    elif rdtype == types.NXT:
        octets = _nxt(fields, name)
    elif rdtype == OWN_TYPES["ATMA"]:
        octets = _atma(fields)
    elif rdtype in _FORMS:
        octets = _formed(rdtype, _FORMS[rdtype].split(), list(fields), name)
    else:
        return None
    if rdtype == OWN_TYPES["RKEY"] and any(octets[:2]):
        raise ValueError("its flags are not 0")
    return dns.rdata.GenericRdata(dns.rdataclass.IN, rdtype, octets)


def _in_hexadecimal(rdtype: RdataType, fields: Sequence[str]) -> dns.rdata.Rdata | None:
    r"""Return data in the form of RFC 3597, of types whose data dnspython is stricter about."""
    if rdtype not in (types.TLSA, types.SMIMEA, types.DS, types.CDS, types.DLV):
        return None
    octets = binascii.unhexlify("".join(fields[1:]))
    if len(octets) != int(fields[0]):
        raise ValueError("it has another length than it says")
    if rdtype in _DIGESTS and _DIGESTS[rdtype].get(octets[3], len(octets) - 4) != len(octets) - 4:
        raise ValueError("its digest has the wrong length")
    return dns.rdata.GenericRdata(dns.rdataclass.IN, rdtype, octets)


def _formed(rdtype: RdataType, form: list[str], fields: list[str], name: Name) -> bytes:
    octets = b""
    for kind in form:
        if kind.startswith(("hex", "base64")):
            made = _rest(kind, fields)
            if rdtype in _DIGESTS:
                _measure(rdtype, octets[-1], len(made))
            return octets + made
        if not fields:
            raise ValueError("it ends too early")
        octets += _one(kind, fields.pop(0), name)
    if fields:
        raise ValueError("it has too much")
    return octets


def _rest(kind: str, fields: Sequence[str]) -> bytes:
    """Return what all *fields* are together."""
    rest = "".join(map(_bare, fields))
    if (kind[-1] == "?" and not rest) or (kind[-1] == "-" and rest == "-"):
        return b""
    if not rest:
        raise ValueError("it ends too early")
    return (
        binascii.unhexlify(rest)
        if kind.startswith("hex")
        else base64.b64decode(rest, validate=True)
    )


def _one(kind: str, field: str, name: Name) -> bytes:
    """Return what one *field* is."""
    if kind in ("string", "text"):
        text = _unescaped(field)
        return bytes([len(text)]) + text if kind == "string" else text
    if kind == "name":
        return name(_bare(field)).to_wire() or b""
    return _number(field).to_bytes(int(kind), "big")


def _bare(field: str) -> str:
    if isinstance(field, Quoted):
        raise ValueError(f'"{visible(field, 20)}" stands in quotes')  # noqa: TRY004  of the text
    return field


def _number(text: str) -> int:
    if not (_bare(text).isascii() and text.isdigit()):
        raise ValueError(f'"{visible(text, 20)}" is no number')
    return int(text)


def _measure(rdtype: RdataType, algorithm: int, octets: int) -> None:
    wanted = _DIGESTS[rdtype].get(algorithm, octets)
    if octets != wanted or (rdtype == types.ZONEMD and octets < _MIN_DIGEST):
        raise ValueError(f"its digest has {octets} octets, not {wanted}")


def _unescaped(field: str) -> bytes:
    def octet(match: re.Match[bytes]) -> bytes:
        return bytes([int(match[1])]) if len(match[1]) > 1 else match[1]

    return _ESCAPE.sub(octet, field.encode())


def _a6(fields: Sequence[str], name: Name) -> bytes:
    """Read prefix length, suffix and the name of the prefix (RFC 2874 §3.1)."""
    length = _number(fields[0])
    rest = list(fields[1:])
    octets = bytes([length])
    if not 0 <= length <= 128:
        raise ValueError("its prefix is longer than an address")
    if length != 128:
        address = bytearray(dns.ipv6.inet_aton(rest.pop(0)))
        address[length // 8] &= 0xFF >> (length % 8)
        octets += bytes(address[length // 8 :])
    if length:
        octets += name(rest.pop(0)).to_wire() or b""
    if rest:
        raise ValueError("it has too much")
    return octets


def _nxt(fields: Sequence[str], name: Name) -> bytes:
    """Read the next name and the types there, of which 127 can be said (RFC 2535 §5.2)."""
    covered = [int(f) if f.isdigit() else int(types.from_text(f)) for f in fields[1:]]
    if not all(1 <= value <= 127 for value in covered):
        raise ValueError("it names a type that it cannot")
    bits = bytearray(max(covered, default=-1) // 8 + 1)
    for value in covered:
        bits[value // 8] |= 0x80 >> (value % 8)
    return (name(fields[0]).to_wire() or b"") + bytes(bits)


def _atma(fields: Sequence[str]) -> bytes:
    """Read an ATM address: hexadecimal, or digits behind a plus sign."""
    [text] = fields
    groups = text.removeprefix("+").split(".")
    digits = "".join(groups)
    if not digits or not all(groups):
        raise ValueError("it is no ATM address")
    if text.startswith("+"):
        if not digits.isdigit():
            raise ValueError("it is no number")
        return b"\x01" + digits.encode()
    return b"\x00" + binascii.unhexlify(digits)


def split_service(fields: Sequence[str]) -> tuple[list[str], int, dict[ParamKey, GenericParam]]:
    """Take of the *fields* of SVCB or HTTPS data what dnspython reads in another way.

    Returns what is left, the priority, and the keys for Encrypted Client Hello, which BIND does
    not look into. An alias (priority 0) may have parameters, which it does not use (RFC 9460 §2.4.2).
    """
    left, taken = list(fields), {}
    priority = int(left[0]) if left and left[0].isdigit() else -1
    left[:1] = ["1"] if priority == 0 else left[:1]
    for index, field in enumerate(left):
        if index > 1 and (field == "ech" or field.startswith("ech=")):
            following = left[index + 1 : index + 2]
            quoted = field == "ech=" and following and isinstance(following[0], Quoted)
            value = following[0] if quoted else field[4:]
            taken[ParamKey.ECH] = GenericParam(  # type: ignore[no-untyped-call]  # not typed there
                base64.b64decode(value, validate=True)
            )
            del left[index : index + 1 + bool(quoted)]
            break
    return left, priority, taken
