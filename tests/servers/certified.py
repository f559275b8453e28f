"""Certificates for servers, good and bad, from an authority made for the test."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import trustme

if TYPE_CHECKING:
    from pathlib import Path

_SHORT = datetime.timedelta(days=6)
"""How long the shortest certificates of public authorities last."""


def write_certificates(folder: Path, hosts: dict[str, tuple[str, str]]) -> Path:
    """Write the key and the certificates of *hosts*, by file: the kind, and the host's name.

    An authority below the root issues them. Return the root's certificate.
    """
    root = trustme.CA()
    between = root.create_child_ca()
    for name, (kind, host) in hosts.items():
        (folder / name).write_bytes(_made(between, kind, host))
    trusted = folder / "root.pem"
    root.cert_pem.write_to_path(trusted)
    return trusted


def _made(authority: trustme.CA, kind: str, host: str) -> bytes:
    now = datetime.datetime.now(datetime.UTC)
    match kind:
        case "self-signed":
            other = trustme.CA()
            return other.private_key_pem.bytes() + other.cert_pem.bytes()
        case "expired":
            begins = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
            ends = datetime.datetime(2020, 3, 31, tzinfo=datetime.UTC)
            made = authority.issue_cert(host, not_before=begins, not_after=ends)
        case "short":
            made = authority.issue_cert(host, not_before=now, not_after=now + _SHORT)
        case "misnamed":
            made = authority.issue_cert("mx.example.org")
        case _:
            made = authority.issue_cert(host)
    chain = made.cert_chain_pems[:1] if kind == "without-chain" else made.cert_chain_pems
    return b"".join(pem.bytes() for pem in (made.private_key_pem, *chain))
