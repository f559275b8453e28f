"""The words of the table about SMTP."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.probes.smtp import Timeouts
from tests.faults.smtp_rig import CORE, V4, Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.faults.smtp_rig import Site
    from tests.faults.smtp_server import Act

SHORT = 1.5
"""Seconds that are waited for what does not come."""

FIELDS = {
    "connect": "connect", "greeting": "greeting", "EHLO": "ehlo", "HELO": "ehlo",
    "STARTTLS": "starttls", "TLS": "handshake", "EHLO in TLS": "ehlo", "QUIT": "quit",
    "QUIT in TLS": "quit",
}  # fmt: skip
"""The timeout of each stage."""


def unknown(*causes: str) -> str:
    """Return that a row ends inconclusive for one of *causes*."""
    return " or ".join(f"inconclusive: {cause}" for cause in causes)


TIMEOUT = unknown("timeout")
CLOSED = unknown("connection-closed")
RESET = unknown("connection-reset")
MALFORMED = unknown("malformed-reply")
LATER = unknown("temporary-failure")
PERHAPS_US = unknown("refused-this-client")
UNEXPECTED = unknown("unexpected-reply")


def impatient(stage: str) -> Timeouts:
    """Return to wait only shortly at *stage*."""
    return Timeouts(**{FIELDS[stage]: SHORT})


def at(
    stage: str,
    says: str,
    ends: str,
    act: Act,
    but: Mapping[str, str] | None = None,
    *,
    besides: Mapping[str, Act] | None = None,
    shows: str = "",
    hides: str = "\0",
) -> Fault:
    """Return a fault of the only server at one *stage*; only there is nobody patient.

    *besides* is what it does at other stages.
    """
    waits = TIMEOUT in (ends, *(but or {}).values()) or "silent" in says
    return Fault(
        f"{stage}: {says}",
        ends,
        {V4: {**(besides or {}), stage: act}},
        but or {},
        patience=impatient(stage) if waits else Timeouts(),
        shows=shows,
        hides=hides,
    )


def among(
    family: str, says: str, ends: str, sites: Mapping[str, Site], waits_at: str = ""
) -> Fault:
    """Return a fault of a host with several addresses, which only its *family* meets."""
    patience = impatient(waits_at) if waits_at else Timeouts()
    return Fault(f"{family}: {says}", ends, sites, families=(family,), patience=patience)


def alone(name: str, ends: str, site: Site, but: Mapping[str, str] | None = None) -> Fault:
    """Return a fault of the only server as a whole."""
    return Fault(name, ends, {V4: site}, but or {}, CORE)


def hurried(fault: Fault, **seconds: float) -> Fault:
    """Return *fault*, with so many *seconds* for some stages."""
    return replace(fault, patience=Timeouts(**seconds))
