"""Decides whether a chain of certificates leads to an authority, as those do who send mail.

Postfix, Exim, Sendmail and most others leave it to OpenSSL, so OpenSSL decides here too, asked as a
TLS client asks it (purpose ``sslserver``) at security level 2, the default of Debian. The verifier
of the cryptography package keeps to the Web PKI's profile instead: it refuses certificates of
version 1, without names or key identifiers, with Ed25519 keys or the authority's flag, all of which
senders take, and takes keys of 1024 bits, which they refuse. pyOpenSSL hands over neither the
purpose nor the level, so the two rules of OpenSSL behind them are written out below.
"""

from __future__ import annotations

import datetime
import math
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from mailcheck.evidence import visible
from mailcheck.facts.tls.certificate import Certificate, read_certificate
from mailcheck.facts.tls.trust import ChainTrustFact
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography import x509
    from OpenSSL import crypto

    from mailcheck.facts.tls.trust import Problem

LEVEL_BITS = 112
"""Bits of security that level 2 demands of every key (SSL_CTX_set_security_level(3))."""

WEAK_DIGESTS = frozenset({"md5", "sha1"})
"""Digests that have fewer bits than that, as OpenSSL counts since 3.0."""

_LEADS_NOWHERE: dict[int, Problem] = {
    2: "chain-incomplete",  # X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT
    18: "self-signed",  # X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT
    19: "untrusted-issuer",  # X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN
    20: "chain-incomplete",  # X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY
    21: "chain-incomplete",  # X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE
}

_NO_VERDICT = frozenset({1, 17, 65, 69, 70})
"""OpenSSL's errors that are about itself: unspecified, memory, calls, its store."""

_SERVER_AUTH = frozenset({"1.3.6.1.5.5.7.3.1", "1.3.6.1.4.1.311.10.3.3", "2.16.840.1.113730.4.1"})
"""Extended key usages of TLS servers: RFC 5280's, and the two of "server-gated cryptography"."""

_SECOND = datetime.timedelta(seconds=1)
_DAY = datetime.timedelta(days=1)


def trust_of(
    chain: Sequence[bytes], anchors: tuple[bytes, ...], today: datetime.date
) -> ChainTrustFact | Unobserved:
    """Decide whether *chain*, the server's own certificate first, leads to one of *anchors*.

    All are DER. The order of the other certificates is free, and what is not needed does no harm:
    OpenSSL picks (RFC 8446 §4.4.2 asks for that). An anchor may be any certificate, and need not be
    a root. Of a server's certificate that has ended, or begins later, is said what was true while it
    lasted: its dates are judged elsewhere. Where a certificate above it begins or ends *today*, a
    date cannot tell, and nothing is decided.
    """
    own = read_certificate(chain[0]) if chain else Certificate(unreadable="none was sent")
    if own.unreadable:
        return Unobserved("unreadable-certificate", f"the server sends {own}")
    begins = datetime.datetime.combine(today, datetime.time(), datetime.UTC)
    at_the_end = _verified(own, chain, anchors, _within(own, begins + _DAY - _SECOND))
    if isinstance(at_the_end, Unobserved) or at_the_end.problem is None:
        return at_the_end
    at_the_start = _verified(own, chain, anchors, _within(own, begins))
    if isinstance(at_the_start, ChainTrustFact) and at_the_start.problem is None:
        return Unobserved("ends-today", f"today a part of the chain ends: {at_the_end.text}")
    return at_the_end


def _within(own: Certificate, moment: datetime.datetime) -> datetime.datetime:
    """Return what is next to *moment* while the server's *own* certificate lasts."""
    return min(max(moment, own.not_before), own.not_after)


def _verified(
    leaf: Certificate, chain: Sequence[bytes], anchors: tuple[bytes, ...], moment: datetime.datetime
) -> ChainTrustFact | Unobserved:
    # Imported late: it takes 40 ms, and most runs see no certificate.
    from OpenSSL import crypto

    subject = leaf.subject
    store = crypto.X509Store()
    for anchor in _loaded(anchors):
        store.add_cert(anchor)
    store.set_flags(crypto.X509StoreFlags.PARTIAL_CHAIN)
    store.set_time(moment)
    try:
        own, *others = (crypto.load_certificate(crypto.FILETYPE_ASN1, der) for der in chain)
        path = crypto.X509StoreContext(store, own, others).get_verified_chain()
        weakness = _weakness([_opened(one) for one in path])
    except crypto.X509StoreContextError as error:
        return _refused(subject, error)
    except (crypto.Error, ValueError) as error:
        text = f"the certificates cannot be verified: {visible(str(error), 200)}"
        return Unobserved("unreadable-certificate", text)
    if weakness:
        return ChainTrustFact(subject, "bad-chain", weakness)
    return ChainTrustFact(subject)


@lru_cache(maxsize=2)
def _loaded(anchors: tuple[bytes, ...]) -> tuple[crypto.X509, ...]:
    """Return *anchors* as OpenSSL keeps them; what it cannot read is nobody's authority."""
    from OpenSSL import crypto

    found = []
    for der in anchors:
        try:
            found.append(crypto.load_certificate(crypto.FILETYPE_ASN1, der))
        except crypto.Error:
            continue
    return tuple(found)


def _refused(subject: str, error: crypto.X509StoreContextError) -> ChainTrustFact | Unobserved:
    """Return what OpenSSL's *error* says of a chain, in its words."""
    code, _, message = cast("tuple[int, int, str]", error.errors)
    if code in _NO_VERDICT:
        return Unobserved("unreadable-certificate", f"the chain cannot be verified: {message}")
    problem = _LEADS_NOWHERE.get(code, "bad-chain")
    try:
        at = _opened(error.certificate)
        text = f"{message}: {_shown(at.subject)}"
        if problem == "chain-incomplete":
            text += f", issued by {_shown(at.issuer)}"
    except ValueError:  # a name that OpenSSL alone can read
        text = message
    return ChainTrustFact(subject, problem, text)


def _opened(certificate: crypto.X509) -> x509.Certificate:
    """Return *certificate* as the cryptography package reads it.

    Raises:
        ValueError: if it cannot.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library, about serial numbers and the like
        return certificate.to_cryptography()


def _weakness(path: Sequence[x509.Certificate]) -> str:
    """Say what OpenSSL would have against a *path* that leads to an anchor; nothing if all is well.

    Raises:
        ValueError: if it cannot be told.
    """
    from cryptography import x509

    for depth, certificate in enumerate(path):
        shown = _shown(certificate.subject)
        extensions = {type(one.value): one.value for one in certificate.extensions}
        purposes = extensions.get(x509.ExtendedKeyUsage)
        if isinstance(purposes, x509.ExtendedKeyUsage) and _SERVER_AUTH.isdisjoint(
            purpose.dotted_string for purpose in purposes
        ):
            return f"unsuitable certificate purpose: {shown} is not for TLS servers"
        usage = extensions.get(x509.KeyUsage)
        if depth == 0 and isinstance(usage, x509.KeyUsage) and not _serves_tls(usage):
            return f"unsuitable certificate purpose: the key of {shown} is for no handshake"
        if _bits(certificate) < LEVEL_BITS:
            return f"{'CA' if depth else 'EE'} certificate key too weak: {shown}"
        # The last signature is that of the anchor, which is trusted whoever signed it.
        if depth < len(path) - 1 and _digest(certificate) in WEAK_DIGESTS:
            return f"CA signature digest algorithm too weak: {shown} ({_digest(certificate)})"
    return ""


def _serves_tls(usage: x509.KeyUsage) -> bool:
    return usage.digital_signature or usage.key_encipherment or usage.key_agreement


def _bits(certificate: x509.Certificate) -> float:
    """Return how many bits of security OpenSSL sees in the key of *certificate*.

    Raises:
        ValueError: if it is of a kind that is not known here.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa

    try:
        key = certificate.public_key()
    except UnsupportedAlgorithm as error:
        raise ValueError(str(error)) from None
    if isinstance(key, rsa.RSAPublicKey | dsa.DSAPublicKey):
        return _bits_of_factoring(key.key_size)
    if isinstance(key, ec.EllipticCurvePublicKey):
        return key.curve.key_size // 2
    if isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
        return 128
    raise ValueError(f"a key of type {type(key).__name__}")


def _bits_of_factoring(size: int) -> int:
    """Return the strength of a modulus of *size* bits (FIPS 140-2 IG 7.5), rounded as OpenSSL does."""
    size_e = size * math.log(2)
    strength = (1.923 * (size_e * math.log(size_e) ** 2) ** (1 / 3) - 4.69) / math.log(2)
    return (int(strength) + 4) & ~7


def _digest(certificate: x509.Certificate) -> str:
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        digest = certificate.signature_hash_algorithm
    except UnsupportedAlgorithm as error:
        raise ValueError(str(error)) from None
    return digest.name if digest else ""  # Ed25519 and Ed448 have their own


def _shown(name: x509.Name) -> str:
    return visible(name.rfc4514_string(), 100) or "a certificate without subject"
