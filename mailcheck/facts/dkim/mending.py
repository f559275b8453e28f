"""A key record as it should stand, made of the one that is there."""

from __future__ import annotations

from mailcheck.evidence import visible
from mailcheck.facts.dkim.public_key import PublicKey, UnusableKey
from mailcheck.facts.dkim.record import VERSION, DkimKeyRecord
from mailcheck.facts.txt import txt_record
from mailcheck.finding import Reason, Remedy
from mailcheck.names import to_u_labels

MAX_SHOWN = 2000
"""Octets of a record that is put into a remedy; a key of 8192 bits fits."""

GOOD_BITS = 2048
"""Bits of a new RSA key: what RFC 8301 §3.2 recommends, and what every verifier takes."""

VOID = f"v={VERSION}; p="
"""The record of a key that is revoked."""


def key_record(owner: str, key: PublicKey, *more: str) -> tuple[str, ...]:
    """Return the record of *key* in zone-file form, with the tags *more*; nothing if it is too long."""
    text = "; ".join((f"v={VERSION}", f"k={key.kind}", *more, f"p={key.published}")).encode()
    return (txt_record(owner, text),) if len(text) <= MAX_SHOWN else ()


def republished(record: DkimKeyRecord) -> tuple[str, ...]:
    """Return *record* as RFC 6376 wants it; nothing if its key is none that verifiers take.

    What is no key of its type is taken for what it was meant to be.
    """
    key = record.key.meant if isinstance(record.key, UnusableKey) else record.key
    return key_record(record.owner, key, *kept(record)) if key else ()


def kept(record: DkimKeyRecord) -> tuple[str, ...]:
    """Return what narrows the use of the key of *record* and can be meant.

    That is ``h`` with sha256, ``s`` with email, and ``t``.
    """
    more = []
    if "sha256" in record.words("h"):
        more.append("h=sha256")
    if "s" in record.listed.values and record.serves_email and "*" not in record.words("s"):
        more.append("s=email")
    if flags := [flag for flag in ("y", "s") if flag in record.words("t")]:
        more.append(f"t={':'.join(flags)}")
    return tuple(more)


def place(owner: str, holder: str) -> str:
    """Say where *holder* is, the name that has the record of *owner*, which may be an alias."""
    if holder in (owner, ""):
        return to_u_labels(owner)
    return f"{visible(to_u_labels(holder))} (by whoever keeps it: the CNAME record leads there)"


def remedy_of_fault(owner: str, reason: Reason) -> Remedy:
    """Return what to do about a *reason* that :mod:`mailcheck.facts.dkim.faults` gave of *owner*."""
    where = place(owner, reason.about)
    match reason.tag:
        case "weak-key":
            return Remedy(
                instruction=f"Sign with a new RSA key of {GOOD_BITS} bits under another selector, and "
                "publish p= empty here once the last mail signed with this one has arrived."
            )
        case "private-key":
            return Remedy(
                instruction="Give this key up: sign with a new one under another selector, and "
                f"publish {VOID} at {where} at once."
            )
        case "revoked":
            return Remedy(
                instruction="Sign with another selector, whose key is published; or publish the "
                "public key here again if it was never stolen."
            )
        case "refused-by-authority":
            return Remedy(instruction="Have the zone's servers answer for it.")
    if reason.instead:
        return Remedy(reason.instead, f"With the same key, in place of the record at {where}:")
    strings = (
        ' A web form that keeps 255 octets needs it as several strings: "v=…" "…".'
        if reason.tag == "key-cut-off"
        else ""
    )
    return Remedy(
        instruction=f"Publish the record at {where} anew, as the signer shows it: v={VERSION}, then k, "
        f"then p with the whole public key, each once.{strings}"
    )
