"""Faults of mail servers at STARTTLS, in the handshake, behind it, and at the end."""

from __future__ import annotations

import trustme

from tests.faults import smtp_flights as f
from tests.faults.smtp_fault import (
    CLOSED,
    LATER,
    MALFORMED,
    PERHAPS_US,
    RESET,
    TIMEOUT,
    UNEXPECTED,
    at,
    unknown,
)
from tests.faults.smtp_rig import TRUTH, V4, Fault
from tests.faults.smtp_server import (
    HONEST,
    Act,
    closes,
    drips,
    floods,
    resets,
    says,
    shakes_hands,
    shakes_hands_with,
    silent,
    then,
    waits,
)

STARTED = {"accepts": TRUTH}
"""A port that accepts has done so before."""

FAILED = {
    **STARTED,
    **dict.fromkeys(("starttls", "names", "valid", "auth"), "handshake-failed"),
    "offers": unknown("handshake-failed"),
}
"""Every sender sees a handshake fail; the host is not another one for it."""

REFUSED = {
    **STARTED,
    **dict.fromkeys(("starttls", "names", "valid", "auth"), "starttls-refused"),
    "offers": "not-offered",
}
"""What was offered in clear is what there is."""

GO = HONEST["STARTTLS"]

EITHER = {family: f"{MALFORMED} or {end}" for family, end in FAILED.items()} | STARTED
"""It depends on the segments whether what comes too early is seen before the handshake or in it."""

INJECTED = b"250-mail.example.com\r\n250 AUTH PLAIN\r\n"
"""What somebody on the way would like us to take for the reply to EHLO in TLS (RFC 3207 §6)."""

STARTTLS = (
    at("STARTTLS", "silent", TIMEOUT, silent, STARTED, shows="STARTTLS"),
    at("STARTTLS", "closed", CLOSED, closes, STARTED),
    at("STARTTLS", "reset", RESET, resets, STARTED),
    at("STARTTLS", "half, then silent", TIMEOUT, then(says(b"220"), silent), STARTED),
    at("STARTTLS", "454", LATER, says(b"454 4.7.0 not now\r\n"), STARTED),
    at("STARTTLS", "421 and gone", LATER, then(says(b"421 4.3.0 bye\r\n"), closes), STARTED),
    at("STARTTLS", "502", "met", says(b"502 5.5.1 no\r\n"), REFUSED),
    at("STARTTLS", "250", UNEXPECTED, says(b"250 fine\r\n"), STARTED),
    at("STARTTLS", "junk", MALFORMED, says(b"\0\r\n"), STARTED),
    at("STARTTLS", "220- without end", MALFORMED, floods(b"220-more\r\n"), STARTED),
    at("STARTTLS", "injected, same segment", MALFORMED, says(GO + INJECTED), STARTED, hides="in TLS"),
    at("STARTTLS", "injected, next segment", f"{MALFORMED} or met", then(says(GO), says(INJECTED)), EITHER, hides="in TLS"),
    at("STARTTLS", "injected, later", "met", then(says(GO), waits(0.3), says(INJECTED)), FAILED, hides="in TLS"),
    at("STARTTLS", "twice, at once", MALFORMED, says(GO * 2), STARTED, hides="in TLS"),
)  # fmt: skip


def _cut(where: str, act: f.Cut) -> tuple[Fault, ...]:
    """Return three faults: silent, closed and reset once *act* is done."""
    return (
        at("TLS", f"silent {where}", TIMEOUT, act(silent), STARTED, shows="TLS → timeout"),
        at("TLS", f"closed {where}", CLOSED, act(closes), STARTED),
        at("TLS", f"reset {where}", RESET, act(waits(0.1), resets), STARTED),
    )


HANDSHAKE = (
    *_cut("before it", lambda *after: then(f.heard, *after)),
    *_cut("in ServerHello", lambda *after: f.flight(f.half, *after)),
    *_cut("after ServerHello", lambda *after: f.flight(f.first(1), *after)),
    *_cut("before the last octet", lambda *after: f.flight(f.all_but_one_octet, *after)),
    *_cut("after a flight of TLS 1.2", lambda *after: f.flight(bytes, *after, at_most=f.TLS_1_2)),
    at("TLS", "an alert", "met", f.instead(f.ALERT), FAILED),
    at("TLS", "an alert, then closed", "met", f.instead(f.ALERT, closes), FAILED),
    at("TLS", "garbage", "met", f.instead(bytes(range(256))), FAILED),
    at("TLS", "in clear", "met", f.instead(b"500 5.5.2 what?\r\n"), FAILED),
    at("TLS", "a record of 64 KB", "met", f.instead(b"\x16\x03\x03\xff\xff" + b"x" * 65535), FAILED),
    at("TLS", "a spoiled record", "met", f.flight(f.spoiled, silent), FAILED),
    at("TLS", "no certificate", "met", f.flight(f.certificates(f.no_certificate), silent, at_most=f.TLS_1_2), FAILED),
    at("TLS", "a cut certificate", "met", f.flight(f.certificates(f.cut_certificate), silent, at_most=f.TLS_1_2), FAILED),
    at("TLS", "a certificate that is none", "met", f.flight(f.certificates(f.unreadable_certificate), silent, at_most=f.TLS_1_2), FAILED),
    at("TLS", "late", TRUTH, then(waits(0.5), shakes_hands)),
    at("TLS", "and nothing behind it", TRUTH, then(shakes_hands, closes), {"offers": CLOSED, "auth": CLOSED}),
    at("TLS", "and reset behind it", TRUTH, then(shakes_hands, resets), {"offers": RESET, "auth": RESET}),
)  # fmt: skip

BY_A_STRANGER = trustme.CA()

CHAINS = (
    at("TLS", "a chain that is cut", TRUTH, shakes_hands_with(f.own_alone), {"valid": "chain-incomplete"}),
    at("TLS", "a chain with one twice", TRUTH, shakes_hands_with(f.doubled)),
    at("TLS", "a chain of too many", TRUTH, shakes_hands_with(f.lengthened)),
    at("TLS", "a chain of a stranger", TRUTH, shakes_hands_with(list, BY_A_STRANGER), {"valid": "chain-incomplete"}),
)  # fmt: skip


def _inside(says: str, ends: str, act: Act) -> Fault:
    """Return a fault behind the handshake: only what is said there is not known."""
    return at("EHLO in TLS", says, TRUTH, act, {"offers": ends, "auth": ends})


INSIDE = (
    _inside("silent", TIMEOUT, silent),
    _inside("closed", CLOSED, closes),
    _inside("reset", RESET, resets),
    _inside("junk", MALFORMED, says(b"\0\r\n")),
    _inside("without end", MALFORMED, floods(b"250-more\r\n")),
    _inside("451", LATER, says(b"451 4.3.0 later\r\n")),
    _inside("550", PERHAPS_US, says(b"550 5.7.1 no\r\n")),
    _inside("220", UNEXPECTED, says(b"220 2.0.0 Ready to start TLS\r\n")),
    _inside(
        "250- alone, then closed", CLOSED, then(says(b"250-mail\r\n250-AUTH PLAIN\r\n"), closes)
    ),
    at("EHLO in TLS", "twice", TRUTH, says(HONEST["EHLO in TLS"] * 2)),
)

LEAVING = (
    at("QUIT in TLS", "silent", TRUTH, silent),
    at("QUIT in TLS", "close_notify", TRUTH, closes),
    at("QUIT in TLS", "reset", TRUTH, resets),
    at("QUIT in TLS", "451", TRUTH, says(b"451 4.3.0 stay\r\n")),
    at("QUIT in TLS", "550", TRUTH, says(b"550 5.0.0 stay\r\n")),
    at("QUIT in TLS", "junk", TRUTH, says(b"\0\xff\r\n")),
    at("QUIT in TLS", "without end", TRUTH, floods(b"221-bye\r\n")),
    at("QUIT in TLS", "twice", TRUTH, says(HONEST["QUIT"] * 2)),
)

TARPIT = (
    Fault(
        "slow at every stage",
        TRUTH,
        {V4: {stage: then(waits(0.3), says(reply)) for stage, reply in HONEST.items()}},
    ),
    Fault(
        "every reply in drops",
        TRUTH,
        {V4: {stage: drips(reply, 0.01) for stage, reply in HONEST.items()}},
    ),
)

FAULTS = (*STARTTLS, *HANDSHAKE, *CHAINS, *INSIDE, *LEAVING, *TARPIT)
