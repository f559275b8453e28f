"""The key of a DKIM selector is revoked.

Requires
    The selector has a key record that says that its key is revoked.

Why
    A key that was stolen, or that a former service holds, signs in the name of the domain as long as
    it is published. A selector without a record may come back with the next copy of the zone; a
    record that says it is revoked tells everybody that it was meant.

Met when
    The one TXT record at SELECTOR._domainkey.DOMAIN is a key record with an empty ``p``.

Unmet when
    still-published: the record holds a key.
        Whoever has the private key goes on signing, and verifiers say dkim=pass.
    unreadable-record: there is a record which is not a revoked key, nor one that can be read.
        Verifiers find no key: dkim=permerror. The lenient ones may find something else in it.
    no-record: the selector's name has no TXT record.
        Verifiers make no difference (RFC 6376 §6.1.2): dkim=permerror, as of a revoked key. Nothing
        says that it was meant, and a wildcard or an old copy of the zone may bring a key back.
    ...

Not judged here
    Whether mail that was signed before is still on its way: keep a key for some days after its last
    use.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.dkim.absence import REFUSED, SEVERAL, no_record, remedy_of_no_record
from mailcheck.facts.dkim.faults import faults
from mailcheck.facts.dkim.mending import VOID
from mailcheck.facts.dkim.public_key import PublicKey
from mailcheck.facts.dkim.published import PublishedDkimKey
from mailcheck.facts.dkim.selector import DkimDomain, Selector, owner_name
from mailcheck.facts.dns import told
from mailcheck.facts.txt import txt_record
from mailcheck.finding import Finding, Reason, Remedy
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class DkimKeyIsRevoked:
    """The parameters of the sentence."""

    selector: Selector = slot("the selector (s= of signatures)", subjects=())
    domain: DkimDomain = slot("the domain that signed (d= of signatures)")


async def judge(wanted: DkimKeyIsRevoked) -> Finding:
    """Look for an empty p."""
    found = await PublishedDkimKey(wanted.selector, wanted.domain)
    record = found.record
    if record is None:
        missing = await no_record(wanted.selector, wanted.domain, found, search=False)
        return Finding((missing,) if missing else ())
    if record.data and record.is_meant:
        key = f" ({record.key})" if isinstance(record.key, PublicKey) else ""
        text = f"{found.where} has a key{key}"
        return Finding((Reason("still-published", text, record.owner),))
    wrong = [r.text for r in faults(record, found.where) if r.tag != "revoked"]
    return Finding(tuple(Reason("unreadable-record", text, record.owner) for text in wrong))


def remedy(wanted: DkimKeyIsRevoked, reason: Reason) -> Remedy:
    """The record of a revoked key."""
    owner = owner_name(wanted.selector, wanted.domain)
    record = txt_record(owner, VOID.encode())
    if absent := remedy_of_no_record(wanted.selector, wanted.domain, reason, (record,)):
        return absent
    # Whoever keeps the target of an alias may have more customers, or be the one to be locked out.
    what = "record that is there" if reason.about == owner else "CNAME record"
    return Remedy((record,), f"In place of the {what}:")


_SENTENCE = "DKIM key s1 of example.com is revoked"
_NAME = "s1._domainkey.example.com TXT"

CHECK = check(
    __doc__,
    template="DKIM key {selector} [of {domain}] is revoked",
    parameters=DkimKeyIsRevoked,
    judge=judge,
    remedy=remedy,
    advised=("no-record",),
    also=SEVERAL + REFUSED.lstrip(),
    sources=("RFC 6376 §3.6.1, 6.1.2",),
    examples=(
        Example(
            "a key that the signer gave up",
            _SENTENCE,
            (told(_NAME, '"v=DKIM1; p="'),),
            "met",
        ),
        Example(
            "a former service whose key stays",
            _SENTENCE,
            (
                told(
                    _NAME,
                    '-> s1.dkim.esp.example | "v=DKIM1; k=ed25519; '
                    'p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="',
                ),
            ),
            "still-published",
        ),
        Example(
            "a selector that is gone, which verifiers take for the same (RFC 6376 §6.1.2)",
            _SENTENCE,
            (told(_NAME, "NXDOMAIN", denier="example.com"),),
            "no-record",
        ),
        Example(
            "a resolver that does not answer",
            _SENTENCE,
            (told(_NAME, "TIMEOUT"),),
            "inconclusive: timeout",
        ),
    ),
)
