"""What matters on the port that was asked, where senders and mail programs connect to different ones.

A page says both in one paragraph, after what is true for everybody::

    Mail goes in clear. On port 25: senders that insist do not deliver. On ports for users: mail
    programs that insist do not log in.
"""

from __future__ import annotations

SENDERS, USERS = "On port 25: ", " On ports for users: "

SMTP = 25

USER_PORTS = frozenset({143, 465, 587, 993})
"""Those of IMAP and of submission (RFC 8314 §3, RFC 6409 §3.1)."""


def at_port(matters: str, port: int) -> str:
    """Return what of *matters* is true on *port*; all of it where nobody knows who connects there."""
    everybody, senders, rest = matters.partition(SENDERS)
    of_senders, users, of_users = rest.partition(USERS)
    if not (senders and users) or port not in {SMTP, *USER_PORTS}:
        return matters
    said = of_senders if port == SMTP else of_users
    return f"{everybody}{said[:1].upper()}{said[1:]}"
