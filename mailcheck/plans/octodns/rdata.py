"""Values of records: what octoDNS makes of them, and their presentation form.

A value is kept as octoDNS keeps it, since its processors work on that: a text, or a mapping of
fields for types with several. The rules are those of the classes ``...Value`` in ``octodns.record``
(1.22), their constructors and ``to_rdata_text``.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Any, TypeAlias

import dns.exception
import dns.rdata
import dns.rdataclass
import dns.rdatatype

from mailcheck.evidence import visible
from mailcheck.plans.octodns import hosts, svcb, texts
from mailcheck.plans.octodns.shapes import FIELDS, FORMS, NAMED
from mailcheck.plans.octodns.values import Fields, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mailcheck.plans.octodns.shapes import Field, Kind

Complain: TypeAlias = "Callable[[str], None]"
"""Takes what octoDNS' validators say of a value, which ``lenient`` makes a warning."""

Value: TypeAlias = "str | Mapping[str, Any]"

ALONE = frozenset({"ALIAS", "CNAME", "DNAME"})
"""Types of which there is one value, under ``value`` and nowhere else."""

HOSTS = frozenset({*ALONE, "NS", "PTR"})
"""Types whose value is a name."""

TEXTS = frozenset({"SPF", "TXT"})

_ADDRESSES = {"A": IPv4Address, "AAAA": IPv6Address}


TYPES = frozenset({*_ADDRESSES, *HOSTS, *TEXTS, *FIELDS, "OPENPGPKEY"})
"""All that octoDNS has itself; packages of providers add more."""

_OLD_DS = {"key_tag": "flags", "algorithm": "protocol", "digest_type": "algorithm"}
"""Where the parts of a DS record stood formerly; ``digest`` was ``public_key``."""


def read_value(rdtype: str, raw: Any, complain: Complain) -> Value:
    """Return *raw* as octoDNS keeps it.

    Raises:
        UnreadableError: if octoDNS cannot make a record of it, lenient or not; the text is a clause.
    """
    if fields := FIELDS.get(rdtype):
        return _mapping(rdtype, fields, raw, complain)
    if rdtype in TEXTS:
        return texts.text_of(raw, complain)
    if raw is None or raw == "":
        raise UnreadableError("it has an empty value")
    if family := _ADDRESSES.get(rdtype):
        try:
            return str(family(str(raw)))
        except ValueError:
            raise UnreadableError(f"{_shown(raw)} is no {family.__name__[:4]} address") from None
    return _host(rdtype, raw, complain) if rdtype in HOSTS else _text(raw)


def _mapping(rdtype: str, fields: tuple[Field, ...], raw: Any, complain: Complain) -> Fields:
    if not isinstance(raw, Fields):
        keys = ", ".join(field.keys[0] for field in fields)
        raise UnreadableError(f"its value is {_shown(raw)}, and fields are expected: {keys}")
    if rdtype == "DS" and ("public_key" in raw or "flags" in raw):
        entries = [(key, raw[old]) for key, old in _OLD_DS.items() if old in raw]
        entries += [("digest", raw["public_key"])] if "public_key" in raw else []
        raw = Fields(entries, raw.place)
    read = [(field.keys[0], _field(rdtype, field, raw, complain)) for field in fields]
    if rdtype in {"SVCB", "HTTPS"}:
        svcb.check(dict(read), complain)
    return Fields(read, raw.place)


def _field(rdtype: str, field: Field, raw: Fields, complain: Complain) -> Any:
    key = next((key for key in field.keys if key in raw), None)
    if field.kind == "params":
        return svcb.params(raw.get(field.keys[0], {}))
    if key is None:
        if field.default is None:
            raise UnreadableError(f"it has no {field.keys[0]}")
        if field.expected:
            complain(f"it has no {field.keys[0]}")
        return field.default
    if field.kind == "host":
        return _host(rdtype, raw[key], complain)
    try:
        value = _converted(field.kind, raw[key])
    except (TypeError, ValueError, OverflowError) as error:
        raise UnreadableError(f"its {key} is {_shown(raw[key])}") from error
    return hosts.encoded(value) if rdtype == "URI" and isinstance(value, str) else value


def _converted(kind: Kind, value: Any) -> Any:
    if kind == "number":
        return int(value)
    if kind == "float":
        return float(value)
    part = _part(value)
    return part.lower() if kind == "lower" else part.upper() if kind == "upper" else part


def _host(rdtype: str, value: Any, complain: Complain) -> str:
    host = hosts.encoded(_text(value))
    if why := hosts.complaint(host, rdtype):
        complain(f"{_shown(host)} {why}")
    return host


def _part(value: Any) -> str:
    if value is None or isinstance(value, dict | list):
        raise UnreadableError(f"a part of its value is {_shown(value)}")
    return str(value)


def _text(value: Any) -> str:
    if isinstance(value, str) and value:
        return value
    if isinstance(value, str):
        raise UnreadableError("it has an empty value")
    raise UnreadableError(f"YAML takes {_shown(value)} for no text; it needs quotes around it")


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "a mapping"
    return "nothing" if value is None else f'"{visible(str(value), 80)}"'


def relative_in(rdtype: str, value: Value) -> str:
    """Return the name in *value* that has no final dot; empty if there is none."""
    host = value if rdtype in HOSTS else "."
    if rdtype in NAMED and isinstance(value, Fields):
        host = value[NAMED[rdtype]]
    return "" if hosts.is_absolute(str(host)) else str(host)


def presented(rdtype: str, value: Value) -> str:
    """Return *value* in presentation form, as ``to_rdata_text`` does.

    Raises:
        UnreadableError: if no record of the type can have it.
    """
    if rdtype in TEXTS:
        return texts.presented(str(value))
    if rdtype in _ADDRESSES:
        return str(value)
    if isinstance(value, str):
        text = value
    elif rdtype in {"SVCB", "HTTPS"}:
        text = svcb.presented(value)
    else:
        text = FORMS[rdtype].format_map(value)
    if rdtype == "URLFWD" or (rdtype in HOSTS and not hosts.complaint(text, rdtype)):
        return text
    try:
        dns.rdata.from_text(dns.rdataclass.IN, dns.rdatatype.from_text(rdtype), text)
    except dns.exception.DNSException as error:
        raise UnreadableError(f"{_shown(text)} is no data of {rdtype}: {error}") from None
    return text
