"""A TLS-RPT record as it should stand, made of the one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.tls_rpt.published import owner_name
from mailcheck.facts.tls_rpt.record import VERSION
from mailcheck.facts.tls_rpt.report_uri import SCHEMES, report_uri
from mailcheck.facts.txt import txt_record

if TYPE_CHECKING:
    from mailcheck.facts.tls_rpt.record import Field, TlsRptRecord

MAX_SHOWN = 1000
"""Octets of a record that is put into a remedy; whoever publishes more has to mend it by hand."""


def republished(record: TlsRptRecord) -> tuple[str, ...]:
    """Return *record* as RFC 8460 wants it, with its destinations in one list.

    What is faulty becomes what it was probably meant to be, such as ``RUA``, or is left out. Nothing is returned if no
    destination remains, or if it is too long.
    """
    uris = [
        report_uri(text.strip(" \t"))
        for field in record.fields
        if _is_rua(field)
        for text in field.value.split(",")
    ]
    valid = [
        uri.meant if uri.fault else uri.text
        for uri in uris
        if uri.meant or (not uri.fault and uri.scheme in SCHEMES)
    ]
    if not valid:
        return ()
    more = [f"{f.name}={f.value}" for f in record.fields if not _is_rua(f) and not f.fault]
    text = "; ".join((VERSION, f"rua={','.join(dict.fromkeys(valid))}", *more)).encode()
    return (txt_record(record.owner, text),) if len(text) <= MAX_SHOWN else ()


def _is_rua(field: Field) -> bool:
    return field.name.strip(" \t").lower() == "rua"


def first_record(domain: str) -> tuple[str, ...]:
    """Return a record for a *domain* that has none, with a stand-in for the mailbox."""
    text = f"{VERSION}; rua=mailto:tlsrpt@{domain}"
    return (txt_record(owner_name(domain), text.encode()),)
