"""Certificates as servers send them: whom they name, how long they last, who says so."""

from __future__ import annotations

import datetime
import warnings
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.names import to_u_labels

if TYPE_CHECKING:
    from cryptography import x509

NAMES_SHOWN = 4
"""Names of a certificate that a line of evidence shows; the rest is counted."""

DIFFERENT = 512
"""Certificates that are remembered, of some KB each."""

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Certificate:
    """One X.509 certificate (RFC 5280), as values.

    ``names`` and ``addresses`` are its dNSName and iPAddress subjectAltNames, in lower case; a
    ``common_name`` names no host (RFC 9525 §2), but is what people read. ``issuer`` and ``subject``
    are in the form of RFC 4514. ``key`` is such as ``RSA 2048``. If the octets in ``der`` cannot be
    read, ``unreadable`` says why, and nothing else is known.
    """

    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    common_name: str = ""
    subject: str = ""
    issuer: str = ""
    not_before: datetime.datetime = _EPOCH
    not_after: datetime.datetime = _EPOCH
    key: str = ""
    unreadable: str = ""
    der: bytes = field(default=b"", repr=False)

    def names_host(self, host: str) -> bool:
        """Whether it is for *host*, in normal form.

        A ``*`` stands for the whole first label and nothing else (RFC 9525 §6.3); the common name
        does not count.
        """
        _, dot, parent = host.partition(".")
        return any(name == host or (dot and name == f"*.{parent}") for name in self.names)

    @property
    def for_whom(self) -> str:
        """The names it is for, fit to be shown."""
        names = (*self.names, *self.addresses)
        shown = ", ".join(visible(to_u_labels(name), 80) for name in names[:NAMES_SHOWN])
        if more := len(names) - NAMES_SHOWN:
            shown += f" and {more} more" if more > 0 else ""
        return shown or (
            f"no name (CN={visible(self.common_name, 80)})" if self.common_name else "no name"
        )

    def __str__(self) -> str:
        if self.unreadable:
            return f"a certificate that cannot be read ({visible(self.unreadable, 100)})"
        lasts = f"{self.not_before:%Y-%m-%d} to {self.not_after:%Y-%m-%d}"
        issuer = "itself" if self.issuer == self.subject else visible(self.issuer, 100)
        return f"certificate for {self.for_whom}, {lasts}, issued by {issuer}"


@lru_cache(maxsize=DIFFERENT)
def read_certificate(der: bytes) -> Certificate:
    """Read a certificate in DER; one that cannot be read is a certificate that says so.

    Once: hosts share authorities and often their own certificates, and reading one takes a tenth
    of a session.
    """
    # Imported late: it takes 30 ms, and most runs see no certificate.
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the library, about serial numbers and the like
            return _read(x509.load_der_x509_certificate(der), der)
    except (
        ValueError,
        TypeError,
        UnsupportedAlgorithm,
        x509.DuplicateExtension,
        x509.InvalidVersion,
        x509.UnsupportedGeneralNameType,
    ) as error:
        return Certificate(unreadable=str(error) or type(error).__name__, der=der)


def _read(certificate: x509.Certificate, der: bytes) -> Certificate:
    from cryptography import x509

    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    for extension in certificate.extensions:
        if isinstance(extension.value, x509.SubjectAlternativeName):
            names = tuple(n.lower() for n in extension.value.get_values_for_type(x509.DNSName))
            found = extension.value.get_values_for_type(x509.IPAddress)
            addresses = tuple(str(address) for address in found)
    common = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return Certificate(
        names=names,
        addresses=addresses,
        common_name=str(common[-1].value) if common else "",
        subject=certificate.subject.rfc4514_string(),
        issuer=certificate.issuer.rfc4514_string(),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        key=_key(certificate),
        der=der,
    )


def _key(certificate: x509.Certificate) -> str:
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return "of an unknown kind"
    kind = type(key).__name__.removesuffix("PublicKey").removeprefix("_")
    size = getattr(key, "key_size", None)
    kind = {"EllipticCurve": "EC", "EC": "EC"}.get(kind, kind)
    return f"{kind} {size}" if size else kind
