"""Faults of mail servers before TLS, and of hosts with several addresses."""

from __future__ import annotations

from tests.faults.smtp_fault import (
    CLOSED,
    LATER,
    MALFORMED,
    PERHAPS_US,
    RESET,
    TIMEOUT,
    UNEXPECTED,
    alone,
    among,
    at,
    hurried,
    impatient,
)
from tests.faults.smtp_rig import TRUTH, V4, V4_TOO, V6, Fault
from tests.faults.smtp_server import (
    HONEST,
    closes,
    drips,
    floods,
    resets,
    says,
    silent,
    then,
    waits,
)

NOT_JUDGED = {"throughout": "met"}
"""A port that takes no connection or refuses for good judges no name; see the advice there."""

ONLY_HERE = {"accepts": TRUTH}
"""What was heard before is enough for a port that accepts."""

NO_EHLO = {"EHLO": says(b"502 5.5.2 Error: command not recognized\r\n")}

NO_EXTENSIONS = {
    **dict.fromkeys(("starttls", "names", "valid", "auth"), "no-starttls"),
    "offers": "not-offered",
}
"""Who knows no EHLO offers nothing."""

CONNECT = (
    Fault("connect: SYN lost", TIMEOUT, {V4: "drops"}, NOT_JUDGED, patience=impatient("connect")),
    alone("connect: refused", "connection-refused", "refuses", NOT_JUDGED),
)

GREETING = (
    at("greeting", "silent", TIMEOUT, silent, shows="greeting"),
    at("greeting", "closed", CLOSED, closes),
    at("greeting", "reset", RESET, resets),
    at("greeting", "half, then silent", TIMEOUT, then(says(b"220-mail"), silent), shows="220-mail"),
    at("greeting", "half, then closed", CLOSED, then(says(b"220-mail\r\n"), closes)),
    at("greeting", "half, then reset", RESET, then(says(b"220-mail\r\n"), waits(0.1), resets)),
    at("greeting", "without end", MALFORMED, floods(b"220-wait\r\n")),
    at("greeting", "a line without end", MALFORMED, floods(b"x")),
    at("greeting", "in drops, for ever", TIMEOUT, drips(b"220 mail " + b"x" * 2000, 0.1)),
    at("greeting", "in drops, whole", TRUTH, drips(HONEST["greeting"], 0.02)),
    at("greeting", "binary", MALFORMED, says(bytes(range(256)) + b"\r\n")),
    at("greeting", "SSH", MALFORMED, says(b"SSH-2.0-OpenSSH_9.2\r\n")),
    at("greeting", "a number that is no code", MALFORMED, says(b"+20 mail\r\n")),
    at("greeting", "a line of 8 KB", MALFORMED, says(b"220 " + b"x" * 8188 + b"\r\n")),
    at("greeting", "220, 250, 554", PERHAPS_US, says(b"220-a\r\n250-b\r\n554 5.7.1 c\r\n"), NOT_JUDGED),
    at("greeting", "220, 421, 220", "met", says(b"220-mail.example.com\r\n421-b\r\n220 c\r\n")),
    at("greeting", "421", LATER, then(says(b"421 4.3.2 busy\r\n"), closes)),
    at("greeting", "450", LATER, says(b"450 4.7.1 later\r\n")),
    at("greeting", "521", "no-smtp-service", says(b"521 no\r\n"), NOT_JUDGED),
    at("greeting", "554", PERHAPS_US, says(b"554 no\r\n"), NOT_JUDGED),
    at("greeting", "554 5.7.1", PERHAPS_US, says(b"554 5.7.1 blocked\r\n"), NOT_JUDGED),
    at("greeting", "an answer before the question", MALFORMED, says(HONEST["greeting"] + HONEST["EHLO"])),
    at("greeting", "twice, at once", MALFORMED, says(HONEST["greeting"] * 2)),
    at("greeting", "twice", UNEXPECTED, then(says(HONEST["greeting"]), waits(0.2), says(HONEST["greeting"]))),
    at("greeting", "bare LF", "met", says(b"220-mail.example.com\n220 ESMTP\n")),
    at("greeting", "bare CR, silent", TIMEOUT, then(says(b"220 mail.example.com\r"), silent)),
    at("greeting", "bare CR in it", "met", says(b"220 mail.example.com\r250 x\r\n")),
    at("greeting", "NUL in it", "met", says(b"220 mail.example.com \0\r\n")),
    at("greeting", "NUL before it", MALFORMED, says(b"\0" + HONEST["greeting"])),
)  # fmt: skip

EHLO = (
    at("EHLO", "silent", TIMEOUT, silent, shows="EHLO"),
    at("EHLO", "closed", CLOSED, closes),
    at("EHLO", "reset", RESET, resets),
    at("EHLO", "250- without end", MALFORMED, floods(b"250-more\r\n")),
    at("EHLO", "250- alone, then silent", TIMEOUT, then(says(b"250-mail\r\n250-SIZE\r\n"), silent)),
    at("EHLO", "250- alone, then closed", CLOSED, then(says(b"250-mail\r\n250-SIZE\r\n"), closes)),
    at("EHLO", "250- alone, then reset", RESET, then(says(b"250-mail\r\n"), waits(0.1), resets)),
    at("EHLO", "451", LATER, says(b"451 4.3.0 later\r\n")),
    at("EHLO", "421 and gone", LATER, then(says(b"421 4.3.0 bye\r\n"), closes)),
    at("EHLO", "550", PERHAPS_US, says(b"550 5.7.1 no\r\n"), NOT_JUDGED),
    at("EHLO", "354", UNEXPECTED, says(b"354 go ahead\r\n")),
    at("EHLO", "junk", MALFORMED, says(b"\xff\0\x1b[2J\r\n")),
    at("EHLO", "two codes", "met", says(b"220-mail\r\n250-SIZE\r\n250 STARTTLS\r\n")),
    at("EHLO", "twice, at once", MALFORMED, says(HONEST["EHLO"] * 2), ONLY_HERE),
    at("EHLO", "twice", UNEXPECTED, then(says(HONEST["EHLO"]), waits(0.2), says(HONEST["EHLO"])), ONLY_HERE),
    at("EHLO", "pipelined junk", MALFORMED, says(HONEST["EHLO"] + b"\0\xff" * 3000), ONLY_HERE),
    at("EHLO", "900 lines", "met", says(b"250-mail\r\n" + b"250-X-MANY 1234567\r\n" * 900 + b"250 STARTTLS\r\n")),
    at("EHLO", "more than 32 KB", MALFORMED, says(b"250-mail\r\n" + b"250-X-MANY 1234567\r\n" * 2000 + b"250 STARTTLS\r\n")),
    at("EHLO", "bare LF", "met", says(b"250-mail\n250 STARTTLS\n")),
    at("EHLO", "in drops", TRUTH, drips(HONEST["EHLO"], 0.01)),
)  # fmt: skip

HELO = (
    at("HELO", "taken", "met", says(HONEST["HELO"]), NO_EXTENSIONS, besides=NO_EHLO),
    at("HELO", "silent", TIMEOUT, silent, besides=NO_EHLO, shows="HELO"),
    at("HELO", "closed", CLOSED, closes, besides=NO_EHLO),
    at("HELO", "reset", RESET, resets, besides=NO_EHLO),
    at("HELO", "451", LATER, says(b"451 4.3.0 later\r\n"), besides=NO_EHLO),
    at("HELO", "550", PERHAPS_US, says(b"550 5.7.1 no\r\n"), NOT_JUDGED, besides=NO_EHLO),
    at("HELO", "unknown too", "no-ehlo", says(b"500 what?\r\n"), NOT_JUDGED, besides=NO_EHLO),
)

SEVERAL = (
    among("pair", "both well", TRUTH, {V4: {}, V4_TOO: {}}),
    among("pair", "the second refuses", "connection-refused", {V4: {}, V4_TOO: "refuses"}),
    among("pair", "the second's SYN lost", TIMEOUT, {V4: {}, V4_TOO: "drops"}, "connect"),
    among("pair", "the second silent", TIMEOUT, {V4: {}, V4_TOO: {"greeting": silent}}, "greeting"),
    among("pair", "the second resets", RESET, {V4: {}, V4_TOO: {"EHLO": resets}}),
    among("pair", "the second later", LATER, {V4: {}, V4_TOO: {"EHLO": says(b"451 4.3.0 x\r\n")}}),
    among("pair", "silent and refused", "connection-refused", {V4: {"greeting": silent}, V4_TOO: "refuses"}, "greeting"),
    among("dual", "both well", TRUTH, {V4: {}, V6: {}}),
    among("dual", "no IPv6 here", TRUTH, {V4: {}, V6: "no route"}),
    among("dual", "IPv6 refused", "connection-refused", {V4: {}, V6: "refuses"}),
    among("dual", "IPv6 lost", TIMEOUT, {V4: {}, V6: "drops"}, "connect"),
    among("dual", "IPv6 silent", TIMEOUT, {V4: {}, V6: {"greeting": silent}}, "greeting"),
    among("dual", "IPv4 lost", TIMEOUT, {V4: "drops", V6: {}}, "connect"),
    among("dual", "IPv4 refused", "connection-refused", {V4: "refuses", V6: {}}),
    among("dual", "IPv4 lost, no IPv6 here", TIMEOUT, {V4: "drops", V6: "no route"}, "connect"),
)  # fmt: skip

IN_ALL = (
    hurried(at("EHLO", "silent, the session at its end", TIMEOUT, silent, shows="of a session"), session=2),
    hurried(
        at("greeting", "silent, the session at its end", TIMEOUT, silent, shows="of a session"), session=1
    ),
)  # fmt: skip

FAULTS = (*CONNECT, *GREETING, *EHLO, *HELO, *SEVERAL, *IN_ALL)
