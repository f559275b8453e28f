"""What is wrong with a DMARC record, and what receivers make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.dmarc.meant import policy_meant
from mailcheck.facts.dmarc.mending import republished
from mailcheck.facts.dmarc.record import JUDGED, POLICY_TAGS, URI_TAGS, VALUES
from mailcheck.finding import Reason, few
from mailcheck.names import to_u_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.dmarc.record import DmarcRecord
    from mailcheck.facts.report_uri import ReportUri

SHOWN = 60
"""Characters of a value that a reason repeats."""

FAULTS = """
duplicate-tag: a tag occurs more than once.
    RFC 6376 §3.2 makes the whole list invalid, so some receivers ignore the record; others take the
    first value, or the last.
syntax-error: a part of the record is no ``tag=value``, or has no value, or an impossible name.
    Receivers pass over that part and whatever it was meant to say; strict ones ignore the record.
no-policy: ``p`` is missing, and no ``rua`` asks for reports.
    Receivers apply no DMARC to the domain (RFC 9989 §4.10.1): forged mail is delivered.
invalid-policy: ``p``, ``sp`` or ``np`` is none of none, quarantine and reject.
    The whole record counts as ``p=none`` if its ``rua`` asks for reports, and as no record if not
    (RFC 9989 §4.10.1); a valid ``p`` beside a mistyped ``sp`` is lost as well.
invalid-value: another tag has a value that it cannot have.
    Receivers take the default in its place: ``adkim=strict`` is relaxed, ``t=yes`` is no test.
invalid-uri: ``rua`` or ``ruf`` has something that is no URI, or names no mailbox.
    Nobody sends reports there; some receivers ignore the other addresses as well. A mailto URI has
    no ``//`` (RFC 6068 §2).
"""
"""The tags of :func:`faults`, in the form of a check's page."""


def faults(domain: str, record: DmarcRecord, rest: tuple[bytes, ...] = ()) -> tuple[Reason, ...]:
    """Say what is wrong with the *record* of *domain*, with the record to publish in its place.

    That one says as well what the *rest* says, texts that were meant to be part of it.
    """
    found = (*_of_the_list(record), *_of_policies(record), *_of_values(record))
    if not found:
        return ()
    instead = republished(record, None, *rest)
    where = f"the DMARC record of {to_u_labels(domain)}"
    return tuple(Reason(tag, f"{where} {text}", domain, instead) for tag, text in few(found))


def _of_the_list(record: DmarcRecord) -> Iterator[tuple[str, str]]:
    for name in record.duplicates:
        values = [t.value for t in record.listed.tags if name in (t.name, t.name.lower())]
        shown = " and ".join(
            visible(value, SHOWN) or "nothing" for value in dict.fromkeys(values[:3])
        )
        yield "duplicate-tag", f"has the tag {visible(name, SHOWN)} more than once, with {shown}"
    for fault in record.listed.faults:
        name, _, value = fault.text.partition("=")
        if fault.wrong == "value" and name.strip().lower() in JUDGED and value.strip():
            continue  # the value of a known tag is judged as such
        what = (
            "nothing between two semicolons"
            if fault.wrong == "empty"
            else visible(fault.text, SHOWN)
        )
        yield "syntax-error", f"has {what} where tag=value should be"
    for tag in record.listed.tags:
        if not tag.name.isalpha():  # DKIM's names may have digits and underscores, DMARC's may not
            yield (
                "syntax-error",
                f"has the tag {visible(tag.name, SHOWN)}, whose name is not all letters",
            )
        elif not tag.value and tag.name.lower() not in JUDGED:
            yield "syntax-error", f"has no value for {visible(tag.name, SHOWN)}"


def _of_policies(record: DmarcRecord) -> Iterator[tuple[str, str]]:
    for name in POLICY_TAGS:
        if name in record.wrong:
            like = policy_meant(record.values[name])
            guess = f"{like} may be meant" if like else "it can be none, quarantine or reject"
            text = f"says {_pair(record, name)}, and so {_meant(record)}; {guess}"
            yield "invalid-policy", text
    if "p" not in record.values and record.policies is None:
        yield "no-policy", "has neither p nor a rua that asks for reports, so DMARC is not applied"


def _meant(record: DmarcRecord) -> str:
    return "counts as p=none" if record.policies else "DMARC is not applied"


def _of_values(record: DmarcRecord) -> Iterator[tuple[str, str]]:
    for name in record.wrong:
        if name not in POLICY_TAGS:
            yield "invalid-value", f"says {_pair(record, name)}; {name} can be {VALUES[name]}"
    for name, uris in zip(URI_TAGS, (record.rua, record.ruf), strict=True):
        for uri in uris:
            if uri.fault:
                yield (
                    "invalid-uri",
                    f"sends {_reports(name)} to {_shown(uri)}: {visible(uri.fault)}",
                )


def _pair(record: DmarcRecord, name: str) -> str:
    return f"{name}={visible(record.values[name], SHOWN)}"


def _reports(tag: str) -> str:
    return "aggregate reports (rua)" if tag == "rua" else "failure reports (ruf)"


def _shown(uri: ReportUri) -> str:
    return visible(uri.text, SHOWN) or "nothing"
