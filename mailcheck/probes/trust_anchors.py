"""The authorities that a run trusts: those of a file, or the system's."""

from __future__ import annotations

import os
import re
import ssl
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mailcheck.errors import UsageError
from mailcheck.facts.tls.certificate import read_certificate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch, Gentoo
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  # RHEL, Fedora
    "/etc/pki/tls/certs/ca-bundle.crt",  # RHEL, older
    "/etc/ssl/ca-bundle.pem",  # SUSE
    "/etc/ssl/cert.pem",  # Alpine, FreeBSD, macOS
    "/opt/homebrew/etc/ca-certificates/cert.pem",  # Homebrew
    "/usr/local/etc/ca-certificates/cert.pem",  # Homebrew on Intel
    "/opt/homebrew/etc/openssl@3/cert.pem",
    "/usr/local/etc/openssl@3/cert.pem",
)
"""Where systems keep all authorities in one file, for a Python whose OpenSSL looks elsewhere."""

MOST = 16 * 1024 * 1024
"""Octets of a file that are read; the bundle of a system has 220 KB."""

_BLOCK = re.compile(
    r"-----BEGIN CERTIFICATE-----\s.*?\s-----END CERTIFICATE-----", re.DOTALL | re.ASCII
)
_HASHED = re.compile(r"[0-9a-f]{8}\.[0-9]+")
"""Names of files in a folder that ``openssl rehash`` looks after."""


def anchors_of(file: Path) -> tuple[bytes, ...]:
    """Read a PEM bundle that somebody named; what is not between its marks is a comment.

    Raises:
        UsageError: if it cannot be read, or not all that it holds are certificates.
    """
    asked = f"--mail-ca-file (ini mail_ca_file) is {str(file)!r}"
    try:
        found = tuple(_certificates(file))
    except OSError as error:
        raise UsageError(f"{asked}: {error.strerror or error}") from None
    except ValueError as error:
        raise UsageError(f"{asked}, which is no PEM: {error}") from None
    if not found:
        raise UsageError(f"{asked}, which holds no certificate in PEM")
    for number, der in enumerate(found, start=1):
        if why := read_certificate(der).unreadable:
            raise UsageError(f"{asked}, whose certificate {number} cannot be read: {why}")
    return found


@cache
def system_anchors() -> tuple[bytes, ...]:
    """Return the system's authorities, as OpenSSL would find them or the distribution keeps them."""
    return anchors_by(os.environ, ssl.get_default_verify_paths(), BUNDLES)


def anchors_by(
    environment: Mapping[str, str], paths: ssl.DefaultVerifyPaths, bundles: tuple[str, ...]
) -> tuple[bytes, ...]:
    """Return the authorities of the first place that has some.

    What the *environment* names comes alone (``SSL_CERT_FILE``, ``SSL_CERT_DIR``); otherwise the
    file of OpenSSL's default *paths*, the known *bundles*, OpenSSL's folder, and, on Windows, its
    own store are asked in turn.
    """
    named = environment.get(paths.openssl_cafile_env), environment.get(paths.openssl_capath_env)
    if any(named):
        return tuple(dict.fromkeys((*_of_file(named[0]), *_of_folder(named[1]))))
    for file in (paths.openssl_cafile, *bundles):
        if found := _of_file(file):
            return found
    if found := _of_folder(paths.openssl_capath):
        return found
    return tuple(ssl.create_default_context().get_ca_certs(binary_form=True))


def _of_file(name: str | None) -> tuple[bytes, ...]:
    try:
        return tuple(_certificates(Path(name))) if name else ()
    except (OSError, ValueError):
        return ()


def _of_folder(names: str | None) -> tuple[bytes, ...]:
    """Return the certificates of the hashed files of folders, which are named as in ``PATH``."""
    found: dict[bytes, None] = {}
    for name in (names or "").split(os.pathsep):
        try:
            files = sorted(Path(name).iterdir()) if name else []
        except OSError:
            continue
        for file in files:
            if _HASHED.fullmatch(file.name):
                found |= dict.fromkeys(_of_file(str(file)))
    return tuple(found)


def _certificates(file: Path) -> Iterator[bytes]:
    """Yield the DER of each certificate.

    Raises:
        OSError: if *file* cannot be read.
        ValueError: if a certificate of it is not base64.
    """
    with file.open("rb") as opened:
        text = opened.read(MOST).decode("latin-1")
    for block in _BLOCK.findall(text):
        yield ssl.PEM_cert_to_DER_cert(block)
