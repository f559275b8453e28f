"""A DMARC record as it should stand, made of the one that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.dmarc.published import owner_name
from mailcheck.facts.dmarc.record import KNOWN, POLICY_TAGS, REMOVED, URI_TAGS
from mailcheck.facts.dmarc.report_uri import report_uris
from mailcheck.facts.txt import txt_record

if TYPE_CHECKING:
    from mailcheck.facts.dmarc.record import DmarcRecord
    from mailcheck.facts.dmarc.report_uri import ReportUri

MAX_SHOWN = 1000
"""Octets of a record that is put into a remedy; whoever publishes more has to mend it by hand."""


def mended(record: DmarcRecord, changes: dict[str, str | None] | None = None) -> bytes:
    """Return *record* as RFC 9989 wants it, with *changes* by tag; None takes a tag away.

    What receivers ignore is left out, and what they cannot read: ``p`` becomes what they take it
    for. A URI that lacks ``mailto:`` gets it.
    """
    kept = [name for name in record.values if name in KNOWN and name not in ("v", "p", *REMOVED)]
    values = {name: _value(record, name) for name in ("p", *kept)} | (changes or {})
    values = {"v": "DMARC1", **values, "p": values["p"] or "none"}
    return "; ".join(f"{name}={value}" for name, value in values.items() if value).encode()


def _value(record: DmarcRecord, name: str) -> str | None:
    if name in URI_TAGS:
        uris = record.rua if name == "rua" else record.ruf
        return ",".join(filter(None, map(_uri, uris))) or None
    value = record.values.get(name)
    if value is None or name in record.wrong:
        return None
    return value.lower() if name in POLICY_TAGS else value


def _uri(uri: ReportUri) -> str:
    if not uri.fault:
        return uri.text
    [with_scheme] = report_uris(f"mailto:{uri.text}")
    return "" if with_scheme.fault else with_scheme.text


def republished(
    record: DmarcRecord, changes: dict[str, str | None] | None = None
) -> tuple[str, ...]:
    """Return the mended *record* in zone-file form, where it stands; nothing if it is too long."""
    text = mended(record, changes)
    return (txt_record(record.owner, text),) if len(text) <= MAX_SHOWN else ()


def first_record(domain: str, policy: str = "none") -> tuple[str, ...]:
    """Return a record for a *domain* that has none, with a stand-in for the mailbox."""
    text = f"v=DMARC1; p={policy}; rua=mailto:dmarc@{domain}"
    return (txt_record(owner_name(domain), text.encode()),)
