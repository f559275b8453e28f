"""How a TLS handshake with a server ended."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from mailcheck.evidence import visible
from mailcheck.facts.tls.certificate import Certificate

VERSIONS = ("SSLv2", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")
"""OpenSSL's names of the versions, the oldest first."""


def shown_version(version: str) -> str:
    """Return *version*, one of OpenSSL's names, as people write it: ``TLS 1.0``."""
    number = version.removeprefix("TLSv")
    return version if number == version else f"TLS {number if '.' in number else f'{number}.0'}"


@dataclass(frozen=True, slots=True)
class Tls:
    """A handshake that succeeded: what was agreed, and the certificates that the server sent.

    Nothing was verified: whether the ``chain``, the server's own certificate first, is worth
    anything is for checks to judge. ``version`` and ``cipher`` are OpenSSL's names.
    """

    version: str
    cipher: str
    chain: tuple[Certificate, ...] = ()
    milliseconds: float | None = field(default=None, compare=False)

    def is_older_than(self, version: str) -> bool:
        """Whether less was agreed than *version*, one of OpenSSL's names."""
        return self.version in VERSIONS[: VERSIONS.index(version)]

    @property
    def certificate(self) -> Certificate:
        """The server's own certificate."""
        return self.chain[0] if self.chain else Certificate(unreadable="none was sent")

    def __str__(self) -> str:
        return f"{self.version}, {self.cipher}, {self.certificate}"


@dataclass(frozen=True, slots=True)
class NoTls:
    """A handshake that failed: the two sides could not agree, or the server speaks no TLS.

    ``reason`` is OpenSSL's, such as ``sslv3 alert handshake failure``.
    """

    reason: str
    milliseconds: float | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"handshake failed: {visible(self.reason, 100)}"


def told_tls(
    *names: str,
    version: str = "TLSv1.3",
    lasts: str = "2026-01-01 to 2036-01-01",
    issuer: str = "CN=Example CA",
) -> Tls:
    """Write down by hand a handshake with a server whose certificate is for *names*."""
    begins, ends = (
        datetime.datetime.fromisoformat(day).replace(tzinfo=datetime.UTC)
        for day in lasts.split(" to ")
    )
    certificate = Certificate(
        names=names, subject=f"CN={names[0] if names else ''}", issuer=issuer,
        not_before=begins, not_after=ends, key="RSA 2048",
        # In place of octets that nobody reads: something that is its own.
        der=f"{names}, {lasts}, {issuer}".encode(),
    )  # fmt: skip
    return Tls(version, "TLS_AES_256_GCM_SHA384", (certificate,))
