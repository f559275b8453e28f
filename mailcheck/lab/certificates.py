"""Certificates of the lab's hosts, made when it starts, signed by an authority of its own."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

Signer: TypeAlias = Literal["lab", "itself", "stranger"]
"""Who signed a certificate: the authority the run trusts in a lab, nobody else, or one unknown."""

LASTS = 90
"""Days a certificate is good for from now, if nothing is said."""

AUTHORITY_LASTS = 11_000
"""Days before and after now: all that a certificate of the lab may be good for, thirty years."""

_HOUR = datetime.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class HostCertificate:
    """The certificate of a host: for whom it is, for how many days from now, and who signed it.

    Negative ``days`` make one that ended so many days ago.
    """

    names: tuple[str, ...]
    days: int = LASTS
    signed_by: Signer = "lab"


class Authorities:
    """The lab's certification authority, and the stranger; their keys die with the lab."""

    def __init__(self) -> None:
        # Imported late: most labs have no certificates.
        from cryptography.hazmat.primitives.asymmetric import ec

        self._now = datetime.datetime.now(datetime.UTC)
        self._keys = {name: ec.generate_private_key(ec.SECP256R1()) for name in ("lab", "stranger")}
        self._roots = {
            name: self._sign(_name(f"The {name}'s authority"), key, None, is_authority=True)
            for name, key in self._keys.items()
        }

    @property
    def trusted(self) -> bytes:
        """The certificate of the authority that a run in this lab trusts, in DER."""
        from cryptography.hazmat.primitives.serialization import Encoding

        return self._roots["lab"].public_bytes(Encoding.DER)

    def context(self, described: HostCertificate) -> ssl.SSLContext:
        """Return what a server needs to show a certificate as *described*."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.TemporaryDirectory() as folder:  # Python reads them from a file only
            file = Path(folder, "host.pem")
            file.write_bytes(self.pem(described))
            context.load_cert_chain(file)
        return context

    def pem(self, described: HostCertificate) -> bytes:
        """Return a key and the certificates that a server sends, the one *described* first.

        A stranger's root is sent too, as private authorities are: only so can it be told from one
        whose intermediate is missing.
        """
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        key = ec.generate_private_key(ec.SECP256R1())
        signer = None if described.signed_by == "itself" else described.signed_by
        certificate = self._sign(
            _name(described.names[0]), key, signer, names=described.names, days=described.days
        )
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        sent = [certificate, *([self._roots["stranger"]] if signer == "stranger" else [])]
        chain = [one.public_bytes(serialization.Encoding.PEM) for one in sent]
        return b"".join((private, *chain))

    def _sign(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        signer: str | None,
        *,
        names: tuple[str, ...] = (),
        days: int = LASTS,
        is_authority: bool = False,
    ) -> x509.Certificate:
        """Return a certificate as the Web PKI wants them, signed by *signer* or by itself."""
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes

        ends = self._now + datetime.timedelta(days=AUTHORITY_LASTS if is_authority else days)
        begins = min(self._now, ends - datetime.timedelta(days=LASTS))
        if is_authority:
            begins = self._now - datetime.timedelta(days=AUTHORITY_LASTS)
        signing = self._keys[signer] if signer else key
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._roots[signer].subject if signer else subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins - _HOUR)
            .not_valid_after(ends)
            .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()),
                critical=False,
            )
            .add_extension(_usage(is_authority=is_authority), critical=True)
        )
        if names:
            alternatives = x509.SubjectAlternativeName([_alternative(name) for name in names])
            made = made.add_extension(alternatives, critical=False)
        return made.sign(signing, hashes.SHA256())


def _name(common: str) -> x509.Name:
    from cryptography import x509

    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common[:64])])


def _alternative(name: str) -> x509.GeneralName:
    from cryptography import x509

    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
