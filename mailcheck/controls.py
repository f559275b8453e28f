"""Control hosts: servers of large operators that are tried where another server is silent.

If several of them are silent as well, on a port that they serve for everybody, the silence is that
of the network here. Each is connected to once in a run, heard, and left with QUIT.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.names import Domain, Port
from mailcheck.options import refused

if TYPE_CHECKING:
    from collections.abc import Sequence

CONTROL_HOSTS: tuple[tuple[str, int], ...] = (
    ("gmail-smtp-in.l.google.com", 25),
    ("mx01.mail.icloud.com", 25),
    ("mx1.mailbox.org", 25),
    ("smtp.gmail.com", 465),
    ("smtp.mailbox.org", 465),
    ("smtp.gmail.com", 587),
    ("smtp.mailbox.org", 587),
    ("imap.gmail.com", 993),
    ("imap.mailbox.org", 993),
    ("www.iana.org", 443),
    ("www.rfc-editor.org", 443),
)
"""Hosts of operators that have nothing to do with each other, two at least for each port."""

NOBODY = "none"


def read_control_hosts(texts: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Return the control hosts of a run that names *texts*: in place of the usual ones of a port.

    Raises:
        UsageError: if one is not ``HOST:PORT``.
    """
    if NOBODY in texts:
        if len(texts) > 1:
            raise refused("control-host", ", ".join(texts), "none alone, or hosts")
        return ()
    given = tuple(map(_read, texts))
    ports = {port for _, port in given}
    return (*given, *(known for known in CONTROL_HOSTS if known[1] not in ports))


def _read(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    try:
        return str(Domain.parse(host)), int(Port.parse(port))
    except ValueError:
        raise refused("control-host", text, "HOST:PORT, such as mx.example.com:25") from None
