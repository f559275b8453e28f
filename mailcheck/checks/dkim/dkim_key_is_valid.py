"""The key of a DKIM selector is valid.

Requires
    Verifiers find one key record for the selector, which complies with RFC 6376 §3.6.1, and in it a
    key that they take for mail: RSA of at least 1024 bits (RFC 8301) or Ed25519 (RFC 8463).

Why
    A key that was cut, quoted twice or put at the wrong name makes every signature fail, and nobody
    tells the signer: its log says that all was signed.

Met when
    The one TXT record at SELECTOR._domainkey.DOMAIN, perhaps through aliases, is a list of tags, each
    once and with a value it can have, whose ``p`` is a key of the type in ``k``. Its strings are put
    together, spaces within ``p`` do not count, and unknown tags are ignored. With ``beside``, the
    selector that it names has a valid RSA key.

Unmet when
    ...

Advises when
    ...

Not judged here
    Whether anything is signed with it, and which selectors there are: DNS cannot tell. Whether it is
    the signer's key: ``DKIM key S of D is FINGERPRINT``.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.dkim.absence import ABSENT, REFUSED, SEVERAL, no_record, remedy_of_no_record
from mailcheck.facts.dkim.advising import ADVICE, advice, alone
from mailcheck.facts.dkim.beside import NO_RSA_BESIDE, remedy_of_no_rsa, rsa_beside
from mailcheck.facts.dkim.faults import FAULTS, REVOKED, faults
from mailcheck.facts.dkim.mending import remedy_of_fault
from mailcheck.facts.dkim.published import PublishedDkimKey
from mailcheck.facts.dkim.selector import DkimDomain, Selector, owner_name
from mailcheck.facts.dns import told
from mailcheck.finding import Finding, Reason, Remedy, all_hold
from mailcheck.question import Unobserved, each_of
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class DkimKeyIsValid:
    """The parameters of the sentence."""

    selector: Selector = slot("the selector (s= of signatures)", subjects=())
    domain: DkimDomain = slot("the domain that signs (d= of signatures)")
    beside: Selector | None = slot(
        "of an Ed25519 key: the selector of the RSA key that signs the same mail",
        default=None,
        subjects=(),
    )


async def judge(wanted: DkimKeyIsValid) -> Finding:
    """Look at the record, and at the key beside it if one is named."""
    own = await _own_key(wanted)
    if wanted.beside is None:
        return own
    return all_hold((own, await rsa_beside(wanted.beside, wanted.domain)))


async def _own_key(wanted: DkimKeyIsValid) -> Finding:
    [found] = await each_of([PublishedDkimKey(wanted.selector, wanted.domain)])
    if isinstance(found, Unobserved):
        return Finding(unknown=found)
    record = found.record
    if record is None:
        missing = await no_record(wanted.selector, wanted.domain, found)
        return Finding((missing,) if missing else ())
    if wrong := faults(record, found.where):
        # What a zone file left in a record makes other tags of those that were meant.
        is_quoted = any(reason.tag == "zone-file-syntax" for reason in wrong)
        return Finding(wrong, () if is_quoted else advice(record))
    is_alone = alone(record) if wanted.beside is None else ()
    return Finding(advice=(*advice(record), *is_alone))


def remedy(wanted: DkimKeyIsValid, reason: Reason) -> Remedy:
    """The record to publish."""
    if reason.tag == "no-rsa-beside":
        return remedy_of_no_rsa(wanted.domain, reason)
    absent = remedy_of_no_record(wanted.selector, wanted.domain, reason)
    return absent or remedy_of_fault(owner_name(wanted.selector, wanted.domain), reason)


_SENTENCE = "DKIM key s1 of example.com is valid"
_NAME = "s1._domainkey.example.com TXT"
_ED25519 = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="

CHECK = check(
    __doc__,
    template="DKIM key {selector} [of {domain}] is valid",
    parameters=DkimKeyIsValid,
    judge=judge,
    remedy=remedy,
    also=ABSENT
    + SEVERAL.lstrip()
    + REFUSED.lstrip()
    + FAULTS.lstrip()
    + REVOKED.lstrip()
    + NO_RSA_BESIDE.lstrip(),
    also_advises=ADVICE,
    sources=("RFC 6376 §3.2, 3.6.1, 3.6.2, 6.1.2", "RFC 8301 §3.1, 3.2", "RFC 8463 §4, 6"),
    examples=(
        Example(
            "an Ed25519 key, in two strings",
            _SENTENCE,
            (told(_NAME, f'"v=DKIM1; k=ed25519; p={_ED25519[:9]}" "{_ED25519[9:]}"'),),
            "met",
        ),
        Example(
            "a key that a control panel cut",
            _SENTENCE,
            (told(_NAME, '"v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA"'),),
            "key-cut-off",
        ),
        Example(
            "semicolons that were escaped once too often",
            _SENTENCE,
            (told(_NAME, rf'"v=DKIM1\\; k=ed25519\\; p={_ED25519}"'),),
            "zone-file-syntax",
        ),
        Example(
            "a key of a service that was given up",
            _SENTENCE,
            (told(_NAME, '-> s1.dkim.esp.example | "v=DKIM1; p="'),),
            "revoked",
        ),
        Example(
            "a selector that was forgotten in a move",
            _SENTENCE,
            (told(_NAME, "NXDOMAIN", denier="example.com"),),
            "no-record",
        ),
        Example(
            "an Ed25519 key, and the selector beside it is mistyped",
            f"{_SENTENCE}: {{beside: r1}}",
            (
                told(_NAME, f'"v=DKIM1; k=ed25519; p={_ED25519}"'),
                told("r1._domainkey.example.com TXT", "NXDOMAIN", denier="example.com"),
            ),
            "no-rsa-beside",
        ),
        Example(
            "a resolver that does not answer",
            _SENTENCE,
            (told(_NAME, "TIMEOUT"),),
            "inconclusive: timeout",
        ),
    ),
)
