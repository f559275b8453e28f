"""What is wrong with a key record, and what verifiers make of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.dkim.characters import named
from mailcheck.facts.dkim.meant import as_meant
from mailcheck.facts.dkim.mending import republished
from mailcheck.facts.dkim.pieces import begins_anew, joined
from mailcheck.facts.dkim.public_key import PublicKey, UnusableKey
from mailcheck.facts.dkim.record import KEY_TYPES, VERSION, DkimKeyRecord
from mailcheck.facts.txt import MAX_STRING
from mailcheck.facts.typed_text import unquoted
from mailcheck.finding import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = 60
"""Characters of a value that a reason repeats."""

MOST = 5
"""Parts of a list that are named if they are no tags; whoever made more of them sees why."""

_NO_ASCII = re.compile(r"[^\t -~]")

_OF_PIECES = frozenset(
    {"duplicate-tag", "syntax-error", "invalid-base64", "key-cut-off", "invalid-key"}
)
"""What follows where a string of a record is not what the one before it goes on with."""

MIN_BITS = 1024
"""Bits of an RSA key below which nobody may take a signature for valid (RFC 8301 §3.2)."""

FAULTS = r"""
not-a-record: the text at the name is no key record.
    Verifiers find no key: dkim=permerror, and for DMARC the signature is not there. A wildcard of the
    zone answers for selectors that were never published.
zone-file-syntax: the record has the quotation marks of a zone file in it, or ``\;``.
    Verifiers read them as part of the tags: dkim=permerror (key syntax error). A control panel quoted
    or escaped what was quoted already, or was given a line of a zone file.
syntax-error: a part of the record is no ``tag=value``.
    Verifiers ignore a record that is not of the form of RFC 6376 §3.2, with dkim=permerror (key
    syntax error); some are lenient, and the same mail passes there.
duplicate-tag: a tag occurs more than once.
    RFC 6376 §3.2 makes the whole list invalid: dkim=permerror, or whichever value is read.
wrong-version: ``v`` is not exactly DKIM1.
    Verifiers must discard the record (RFC 6376 §3.6.1): dkim=permerror, as without a key.
version-not-first: ``v`` is not the first tag.
    RFC 6376 §3.6.1 wants it first; verifiers ignore the record: dkim=permerror (key syntax error).
no-public-key: there is no ``p``.
    Verifiers find no key in the record: dkim=permerror (key syntax error).
invalid-value: ``h``, ``k``, ``n``, ``s`` or ``t`` has a value that it cannot have.
    Verifiers ignore a record that is not of the form of RFC 6376 §3.6.1: dkim=permerror (key syntax
    error); some are lenient, and the same mail passes there.
unknown-key-type: ``k`` is neither rsa nor ed25519.
    Verifiers ignore keys of types they do not know: dkim=permerror (inappropriate key algorithm).
no-sha256: ``h`` does not list sha256.
    Signatures with SHA-1 count for nothing (RFC 8301 §3.1), and all others are forbidden here:
    dkim=permerror (inappropriate hash algorithm).
not-for-email: ``s`` lists neither email nor ``*``.
    Verifiers of mail ignore the record (RFC 6376 §3.6.1): dkim=permerror, as without a key.
invalid-base64: ``p`` is not base64.
    Verifiers find no key in the record: dkim=permerror (key syntax error).
key-cut-off: the end of the key is missing.
    No signature can be verified: dkim=permerror. A TXT record longer than 255 octets takes several
    strings; some web forms keep 255 octets, and some name servers the first string.
invalid-key: ``p`` is no key of the type that ``k`` says.
    No signature can be verified: dkim=permerror (inappropriate key algorithm, or key syntax error).
private-key: ``p`` holds the private key.
    Whoever reads it can sign in the name of the domain, for ever: DNS is archived. Verifiers find no
    public key: dkim=permerror.
weak-key: the RSA key has fewer than 1024 bits.
    Verifiers must not take its signatures for valid (RFC 8301 §3.2): dkim=policy or permerror. Keys
    of 512 bits are broken in hours, and then anybody signs.
"""
"""The tags of :func:`faults`, in the form of a check's page."""

REVOKED = """
revoked: ``p`` is empty.
    The key is revoked (RFC 6376 §3.6.1); whatever it signed fails with dkim=permerror (key revoked).
"""


def faults(record: DkimKeyRecord, where: str) -> tuple[Reason, ...]:
    """Say what is wrong with the *record* at the name shown as *where*, with one to publish instead."""
    found = tuple(_faults(record))
    if not found:
        return ()
    instead = republished(record)
    if number := begins_anew(record):
        said = f"has {len(record.strings)} strings, which are read as one, and number {number} begins anew"
        found = ((found[0][0], said), *(one for one in found if one[0] not in _OF_PIECES))
        whole = joined(record)
        instead = republished(whole) if whole else ()
    elif (text := unquoted(record.text)) != record.text:
        bare = DkimKeyRecord(text, record.owner)
        left = tuple(_faults(bare))
        if bare.is_meant and {tag for tag, _ in found} - {tag for tag, _ in left}:
            said = "has quotation marks or backslashes in it that belong to a zone file"
            found = (("zone-file-syntax", said), *left)
            instead = republished(bare)
    instead = instead or as_meant(record)
    at = f"the key record at {where}"
    return tuple(Reason(tag, f"{at} {text}", record.owner, instead) for tag, text in found)


def _faults(record: DkimKeyRecord) -> Iterator[tuple[str, str]]:
    if not record.is_meant:
        said = visible(record.text.decode("utf-8", "replace"), SHOWN) or "nothing"
        yield "not-a-record", f"says {said}, which has no public key"
        return
    yield from _of_the_list(record)
    if not record.has_data:
        yield "no-public-key", "has no p, which holds the public key"
    if record.is_revoked:
        yield "revoked", "has an empty p: the key is revoked"
    yield from _of_values(record)
    yield from _of_the_key(record)


def _of_the_list(record: DkimKeyRecord) -> Iterator[tuple[str, str]]:
    for fault in record.listed.faults[:MOST]:
        what = visible(fault.text.strip(), SHOWN)
        if fault.wrong == "empty":
            what = "nothing between two semicolons"
        elif odd := _NO_ASCII.search(fault.text.strip(" \t")):
            yield "syntax-error", f"has {named(odd[0])} in {what}; tag=value is printable ASCII"
            continue
        yield "syntax-error", f"has {what} where tag=value should be"
    for name in record.listed.duplicates[:MOST]:
        yield "duplicate-tag", f"has the tag {visible(name, SHOWN)} more than once"
    version = record.said("v")
    if version is not None and version != VERSION:
        yield "wrong-version", f"says v={visible(version, SHOWN)}, which is not {VERSION}"
    if version is not None and record.listed.tags[0].name != "v":
        yield "version-not-first", "does not begin with v"


def _of_values(record: DkimKeyRecord) -> Iterator[tuple[str, str]]:
    for name in record.wrong:
        yield "invalid-value", f"says {_pair(record, name)}, which {name} cannot say"
    if "k" not in record.wrong and record.key_type is None:
        known = " and ".join(KEY_TYPES)
        yield "unknown-key-type", f"says {_pair(record, 'k')}, and verifiers know {known}"
    if "h" not in record.wrong and not record.takes_sha256:
        yield "no-sha256", f"says {_pair(record, 'h')}, without sha256"
    if "s" not in record.wrong and not record.serves_email:
        yield "not-for-email", f"says {_pair(record, 's')}, so it is not for mail"


def _of_the_key(record: DkimKeyRecord) -> Iterator[tuple[str, str]]:
    key = record.key
    if isinstance(key, UnusableKey):
        why = _cut_off(record, key.why) if key.tag == "key-cut-off" else key.why
        yield key.tag, f"has a p that cannot be used: {why}"
    elif isinstance(key, PublicKey) and key.kind == "rsa" and key.bits < MIN_BITS:
        yield "weak-key", f"has an RSA key of {key.bits} bits, and {MIN_BITS} are the fewest"


def _cut_off(record: DkimKeyRecord, why: str) -> str:
    """Say *why* a key is cut off beside what the record shows of where that happened."""
    count = len(record.strings)
    if spaces := (record.said("p") or "").count(" "):
        if "+" not in record.data:
            why += f"; p has spaces in it ({spaces}), where + may have been"
    elif count > 1:
        why = f"{why.removesuffix(' at the end')}, in the {count} strings of the record together"
    elif len(record.text) == MAX_STRING:
        why += f"; the record stops at {MAX_STRING} octets, the most that one string holds"
    return why


def _pair(record: DkimKeyRecord, name: str) -> str:
    return f"{name}={visible(record.said(name) or '', SHOWN)}"
