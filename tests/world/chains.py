"""Chains of certificates of a lab, as a server would send them."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailcheck.lab.certificates import Authorities, HostCertificate

_MARK = "-----BEGIN CERTIFICATE-----"


def chain_of(lab: Authorities, described: HostCertificate) -> tuple[bytes, ...]:
    """Return the DER of what a host with a certificate as *described* sends."""
    _, *blocks = lab.pem(described).decode().split(_MARK)
    return tuple(ssl.PEM_cert_to_DER_cert(_MARK + block) for block in blocks)
