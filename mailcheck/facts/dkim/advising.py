"""What could be better about a key record that verifiers take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.dkim.faults import MIN_BITS
from mailcheck.facts.dkim.public_key import PublicKey
from mailcheck.facts.dkim.record import KNOWN, REMOVED
from mailcheck.finding import Advice, few

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.dkim.record import DkimKeyRecord

RECOMMENDED_BITS = 2048
"""Bits an RSA key should have (RFC 8301 §3.2)."""

MAX_BITS = 4096
"""Bits of an RSA key up to which every verifier has to take it (RFC 8301 §3.2)."""

USUAL_EXPONENT = 65537

SHOWN = 60
MOST = 5

ADVICE = """
short-key: the RSA key has fewer than 2048 bits.
    Signers should use at least 2048 (RFC 8301 §3.2), and some receivers trust shorter ones less.
long-key: the RSA key has more than 4096 bits.
    Verifiers need not take it (RFC 8301 §3.2), and its record does not fit into a datagram.
unusual-exponent: the exponent of the RSA key is not 65537.
    Some libraries refuse small exponents, and others those above 32 bits.
bare-key: ``p`` holds an RSAPublicKey without a SubjectPublicKeyInfo around it.
    RFC 6376 §3.6.1 says so, but signers publish the other form, and many verifiers read only that.
ed25519-alone: the key is Ed25519, and the sentence names no RSA key that signs beside it.
    Many verifiers know no Ed25519; RFC 8463 §6 has signers add a signature of each kind.
test-mode: ``t=y``.
    Verifiers must not treat the mail otherwise than unsigned mail (RFC 6376 §3.6.1).
sha1-listed: ``h`` lists sha1.
    Nobody may sign or verify with it any more (RFC 8301 §3.1).
missing-version: there is no ``v``.
    RFC 6376 §3.6.1 recommends it, and some verifiers pass over records without it.
removed-tag: there is a ``g``, which RFC 6376 removed.
    Verifiers by RFC 4871 still honour it, and with ``g=`` empty take no signature at all.
unknown-tag: there is a tag that no standard knows.
    Verifiers ignore it; it may be mistyped.
value-case: ``k``, ``h``, ``s`` or ``t`` has capitals.
    Its grammar allows them, but RFC 6376 §3.2 has values compared with regard to case; some do.
space-at-end: space stands behind the last semicolon.
    The grammar of RFC 6376 §3.2 has no room for it, and a strict verifier refuses the record.
padding: the base64 of ``p`` has not as many ``=`` at its end as it takes.
    RFC 6376 §2.10 lets them be left out; strict decoders refuse it.
"""


def advice(record: DkimKeyRecord) -> tuple[Advice, ...]:
    """Say what could be better about *record*."""
    found = (*_of_the_key(record), *_of_the_list(record), *_of_values(record))
    return tuple(Advice(tag, text) for tag, text in few(found))


def alone(record: DkimKeyRecord) -> tuple[Advice, ...]:
    """Say that an Ed25519 key has no RSA key beside it, as far as that is known.

    Selectors cannot be enumerated, so one that is not named is not known.
    """
    if record.key_type != "ed25519" or not isinstance(record.key, PublicKey):
        return ()
    text = "the key is Ed25519; name the selector of the RSA key that signs too: beside: S"
    return (Advice("ed25519-alone", text),)


def _of_the_key(record: DkimKeyRecord) -> Iterator[tuple[str, str]]:
    key = record.key
    if not isinstance(key, PublicKey):
        return
    if len(record.data) % 4:
        yield "padding", "the base64 of p is not padded to a multiple of four characters"
    if key.kind != "rsa":
        return
    if MIN_BITS <= key.bits < RECOMMENDED_BITS:
        yield "short-key", f"the RSA key has {key.bits} bits; {RECOMMENDED_BITS} are recommended"
    if key.bits > MAX_BITS:
        yield (
            "long-key",
            f"the RSA key has {key.bits} bits; verifiers need not take over {MAX_BITS}",
        )
    if key.exponent != USUAL_EXPONENT:
        size = key.exponent.bit_length()
        shown = str(key.exponent) if size <= 64 else f"a number of {size} bits"
        yield "unusual-exponent", f"the exponent of the RSA key is {shown}"
    if key.bare:
        yield "bare-key", "p is an RSAPublicKey, not a SubjectPublicKeyInfo"


def _of_the_list(record: DkimKeyRecord) -> Iterator[tuple[str, str]]:
    names = [tag.name for tag in record.listed.tags]
    if "v" not in names:
        yield "missing-version", "the record does not begin with v=DKIM1"
    for name in names:
        if name in REMOVED:
            yield "removed-tag", f"{_pair(record, name)} is not part of RFC 6376"
    unknown = [name for name in dict.fromkeys(names) if name not in KNOWN]
    for name in unknown[:MOST]:
        yield "unknown-tag", f"{_pair(record, name)} is no tag of a key record"
    if record.text.rstrip(b" \t\r\n")[-1:] == b";" and not record.text.endswith(b";"):
        yield "space-at-end", "space stands behind the last semicolon"


def _of_values(record: DkimKeyRecord) -> Iterator[tuple[str, str]]:
    if "y" in record.words("t"):
        yield "test-mode", "t=y: verifiers treat the mail as if it were not signed"
    if "sha1" in record.words("h"):
        yield "sha1-listed", f"{_pair(record, 'h')} allows sha1"
    for name in ("k", "h", "s", "t"):
        value = record.said(name) or ""
        if name not in record.wrong and value != value.lower():
            yield "value-case", f"{_pair(record, name)} should be in lower case"


def _pair(record: DkimKeyRecord, name: str) -> str:
    return f"{visible(name, SHOWN)}={visible(record.said(name) or '', SHOWN)}"
