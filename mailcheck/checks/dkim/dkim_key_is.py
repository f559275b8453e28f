"""The key of a DKIM selector is the signer's.

Requires
    The key that is published for the selector is the one that the suite names: by the SHA-256 of its
    SubjectPublicKeyInfo, or by the public key itself.

Why
    Two halves of a key live in two places. A signer that was set up anew, or a zone that was restored
    from last month, parts them; every signature fails then, and each half looks sound on its own.

Met when
    The one TXT record at SELECTOR._domainkey.DOMAIN holds that key, however it is written there. The
    fingerprint is ``SHA256:`` and base64, or 64 hexadecimal digits; the public key is its record, its
    ``p=``, or a PEM file of it below the suite: ``DKIM key s1 is keys/s1.pem``. Private keys are
    refused; ``openssl pkey -in PRIVATE -pubout -outform DER | sha256sum`` shows the fingerprint of
    one, and a failing run of this sentence that of the published key.

Unmet when
    other-key: another key is published.
        Every signature fails: dkim=fail (signature did not verify), and DMARC with it unless SPF is
        aligned.
    unreadable-key: there is a key record, and verifiers find no key in it.
        Every signature fails with dkim=permerror; ``DKIM key S of D is valid`` says what is wrong.
    ...

Not judged here
    Whether verifiers take the record: ``DKIM key S of D is valid``.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.dkim.absence import ABSENT, REFUSED, SEVERAL, no_record, remedy_of_no_record
from mailcheck.facts.dkim.expected_key import ExpectedKey
from mailcheck.facts.dkim.faults import REVOKED, faults
from mailcheck.facts.dkim.mending import key_record, place
from mailcheck.facts.dkim.public_key import PublicKey
from mailcheck.facts.dkim.published import PublishedDkimKey
from mailcheck.facts.dkim.record import DkimKeyRecord
from mailcheck.facts.dkim.selector import DkimDomain, Selector, owner_name
from mailcheck.facts.dns import told
from mailcheck.facts.txt import as_published
from mailcheck.finding import Finding, Reason, Remedy, met
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class DkimKeyIs:
    """The parameters of the sentence."""

    selector: Selector = slot("the selector (s= of signatures)", subjects=())
    domain: DkimDomain = slot("the domain that signs (d= of signatures)")
    key: ExpectedKey = slot(
        "the key's fingerprint, the public key, or a file that holds it", subjects=()
    )


async def judge(wanted: DkimKeyIs) -> Finding:
    """Compare the fingerprints."""
    found = await PublishedDkimKey(wanted.selector, wanted.domain)
    record = found.record
    if record is None:
        missing = await no_record(wanted.selector, wanted.domain, found)
        return Finding((missing,) if missing else ())
    key, holder = record.key, record.owner
    if "p" in record.listed.duplicates or "k" in record.listed.duplicates:
        text = f"the key record at {found.where} has several keys"
        return Finding((Reason("unreadable-key", text, holder),))
    if isinstance(key, PublicKey):
        if key.fingerprint == wanted.key.fingerprint:
            return met()
        has = f"{found.where} has the key {key.fingerprint} ({key})"
        text = f"{has}, not {wanted.key.fingerprint}"
        return Finding((Reason("other-key", text, holder),))
    wrong = faults(record, found.where)
    if record.is_revoked:
        return Finding(tuple(reason for reason in wrong if reason.tag == "revoked"))
    instead = wrong[0].instead if _holds(wrong[0].instead, wanted.key.fingerprint) else ()
    return Finding((Reason("unreadable-key", wrong[0].text, holder, instead),))


def _holds(lines: tuple[str, ...], fingerprint: str) -> bool:
    """Whether the record that mends the one that is there has the key that is wanted."""
    keys = (DkimKeyRecord(as_published(line.partition("  TXT  ")[2])).key for line in lines)
    return any(isinstance(key, PublicKey) and key.fingerprint == fingerprint for key in keys)


def remedy(wanted: DkimKeyIs, reason: Reason) -> Remedy:
    """The record to publish, if the suite holds the key."""
    key, owner = wanted.key.key, owner_name(wanted.selector, wanted.domain)
    if absent := remedy_of_no_record(
        wanted.selector, wanted.domain, reason, key_record(owner, key) if key else ()
    ):
        return absent
    where = place(owner, reason.about)
    if record := reason.instead or (key_record(reason.about, key) if key else ()):
        return Remedy(record, f"In place of the record at {where}:")
    if reason.tag == "unreadable-key":
        text = f"Publish the key {wanted.key.fingerprint} at {where}, as the signer shows it."
        return Remedy(instruction=text)
    return Remedy(
        instruction=f"Publish the key {wanted.key.fingerprint} at {where}; or, if the signer's key is the new one, correct the "
        "suite."
    )


_NAME = "s1._domainkey.example.com TXT"
_RECORD = '"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="'

CHECK = check(
    __doc__,
    template="DKIM key {selector} [of {domain}] is {key}",
    parameters=DkimKeyIs,
    judge=judge,
    remedy=remedy,
    also=ABSENT + SEVERAL.lstrip() + REFUSED.lstrip() + REVOKED.lstrip(),
    sources=("RFC 6376 §3.6.1, 6.1.2", "RFC 5280 §4.1", "RFC 8463 §4"),
    examples=(
        Example(
            "the signer's key, by its fingerprint",
            "DKIM key s1 of example.com is SHA256:BuP9j9opu2CrWVV95h7bCuzbIxE0vjDnW0Vfjht5L6k",
            (told(_NAME, _RECORD),),
            "met",
        ),
        Example(
            "the signer was set up anew, and the zone was forgotten",
            "DKIM key s1 of example.com is p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
            (told(_NAME, '"v=DKIM1; k=ed25519; p=JDcbZ0Hpba5NKXI4UAW3G0IDhhFOxhJTDybZEwe1FeA="'),),
            "other-key",
        ),
        Example(
            "a resolver that does not answer",
            "DKIM key s1 of example.com is SHA256:BuP9j9opu2CrWVV95h7bCuzbIxE0vjDnW0Vfjht5L6k",
            (told(_NAME, "TIMEOUT"),),
            "inconclusive: timeout",
        ),
    ),
)
