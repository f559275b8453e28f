"""The RSA key that signs beside an Ed25519 key (RFC 8463 §6)."""

from __future__ import annotations

from mailcheck.facts.dkim.absence import no_record
from mailcheck.facts.dkim.faults import faults
from mailcheck.facts.dkim.published import PublishedDkimKey
from mailcheck.finding import Finding, Part, Reason, Remedy, met
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved, each_of

NO_RSA_BESIDE = """
no-rsa-beside: the selector that ``beside`` names has no valid RSA key.
    Verifiers that know no Ed25519 find no key in either signature: dkim=permerror, and for DMARC
    the mail is not signed.
"""


async def rsa_beside(selector: str, domain: str) -> Part:
    """Judge that *selector* has an RSA key that verifiers take."""
    [found] = await each_of([PublishedDkimKey(selector, domain)])
    if isinstance(found, Unobserved):
        return found
    record = found.record
    if record is None:
        missing = await no_record(selector, domain, found, search=False)
        why = missing.text if missing else f"{found.where} has no key record"
    elif wrong := faults(record, found.where):
        why = wrong[0].text
    elif record.key_type != "rsa":
        why = f"the key at {found.where} is of the type {record.key_type}"
    else:
        return met()
    return Finding((Reason("no-rsa-beside", f"no valid RSA key stands beside: {why}", selector),))


def remedy_of_no_rsa(domain: str, reason: Reason) -> Remedy:
    """Say what to do about a *reason* that :func:`rsa_beside` gave."""
    what = f"DKIM key {reason.about} of {to_u_labels(domain)} is valid"
    return Remedy(
        instruction="Correct the selector in the suite, if another one signs the same mail with RSA; "
        f"else publish its key. What is wrong: mailcheck check '{what}'"
    )
