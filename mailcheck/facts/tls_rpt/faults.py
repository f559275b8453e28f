"""What is wrong with a TLS-RPT record, what could be better, and what senders make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.tls_rpt.record import SCHEMES
from mailcheck.finding import Advice, Reason
from mailcheck.names import to_u_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.tls_rpt.record import TlsRptRecord

SHOWN = 60
"""Characters of a value that is repeated."""

MOST = 5
"""Fields or URIs of one kind that are named."""

FAULTS = """
syntax-error: a part of the record is no field of RFC 8460 §3.
    Senders may pass over that part, or over the whole record, and send no reports.
no-destination: no ``rua`` says where reports go.
    Nobody sends any. ``RUA`` is another field: upper and lower case differ.
invalid-uri: ``rua`` has something that is no URI, or that leads nowhere.
    Nobody sends reports there; some senders ignore the other destinations as well. A mailto URI has
    no ``//`` (RFC 6068 §2).
unsupported-scheme: a URI is neither mailto nor https.
    RFC 8460 §3 supports no other scheme; nobody sends reports there.
"""
"""The tags of :func:`faults`, in the form of a check's page."""

ADVICE = """
several-rua: ``rua`` stands there more than once.
    The grammar allows it, but some senders read only one of them; commas go between URIs.
unknown-field: there is a field that no standard knows.
    Senders ignore it; it may be mistyped.
space-before-semicolon: space stands between the version and its semicolon.
    Beside another text at the name the record would be discarded (RFC 8460 §3), and some senders
    discard it anyway.
space-at-end: space stands behind the last field.
    The grammar of RFC 8460 §3 has no room for it; strict senders ignore the record.
"""


def faults(record: TlsRptRecord) -> tuple[Reason, ...]:
    """Say what is wrong with *record*."""
    where = f"the TLS-RPT record at {visible(to_u_labels(record.owner))}"
    return tuple(Reason(tag, f"{where} {text}", record.owner) for tag, text in _faults(record))


def _faults(record: TlsRptRecord) -> Iterator[tuple[str, str]]:
    broken = [field for field in record.fields if field.fault]
    for field in broken[:MOST]:
        said = f"{field.name}={field.value}" if field.value else field.name
        what = f"has {visible(said, SHOWN)} where a field should be: " if said else "is broken: "
        yield "syntax-error", f"{what}{field.fault}"
    names = [field.name for field in record.fields]
    if "rua" not in names:
        alike = [visible(name, SHOWN) for name in names if name.lower() == "rua"]
        yield "no-destination", f"has no rua, which says where reports go{_case(alike)}"
    for uri in [uri for uri in record.rua if uri.fault][:MOST]:
        said = visible(uri.text, SHOWN) or "nothing"
        yield "invalid-uri", f"sends reports to {said}: {visible(uri.fault)}"
    other = [uri for uri in record.rua if not uri.fault and uri.scheme not in SCHEMES]
    for uri in other[:MOST]:
        text = f"sends reports to {visible(uri.text, SHOWN)}, which is neither mailto nor https"
        yield "unsupported-scheme", text


def _case(alike: list[str]) -> str:
    return f"; {alike[0]} is another field" if alike else ""


def advice(record: TlsRptRecord) -> tuple[Advice, ...]:
    """Say what could be better about *record*."""
    return tuple(Advice(tag, text) for tag, text in _advice(record))


def _advice(record: TlsRptRecord) -> Iterator[tuple[str, str]]:
    if (count := sum(field.name == "rua" for field in record.fields)) > 1:
        yield "several-rua", f"rua stands there {count} times"
    unknown = [f.name for f in record.fields if f.name != "rua" and not f.fault]
    for name in list(dict.fromkeys(unknown))[:MOST]:
        yield "unknown-field", f"{visible(name, SHOWN)} is no field of RFC 8460"
    first, *rest = record.text.split(b";")
    if rest and first != first.rstrip(b" \t"):
        yield "space-before-semicolon", "space stands before the first semicolon"
    if rest and (last := rest[-1]).strip(b" \t") and last != last.rstrip(b" \t"):
        yield "space-at-end", "space stands behind the last field"
