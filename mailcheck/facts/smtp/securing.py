"""What to do where a mail server gives no TLS."""

from __future__ import annotations

from mailcheck.facts.smtp.secured import HANDSHAKE_FAILED, NO_STARTTLS, STARTTLS_REFUSED
from mailcheck.finding import Reason, Remedy

IMAP_PORTS = (143, 993)


def serving(port: int) -> tuple[str, str]:
    """Return the settings that say which certificate a server shows on *port*, and how it reads it.

    Whoever answers on the ports of IMAP is another program than whoever answers on the others.
    """
    if port in IMAP_PORTS:
        files = "Dovecot: ssl_cert = <fullchain.pem, ssl_key = <privkey.pem; from 2.4 "
        return f"{files}ssl_server_cert_file, ssl_server_key_file", "doveadm reload"
    return "Postfix: smtpd_tls_chain_files = privkey.pem, fullchain.pem", "postfix reload"


def to_be_secured(reason: Reason, port: int) -> Remedy | None:
    """What to set up on *port* for a *reason* of ``NOT_SECURED``; None for any other."""
    at = reason.about
    host = f"[{at}]" if ":" in at else at
    match reason.tag:
        case tag if tag == NO_STARTTLS and port in IMAP_PORTS:
            text = f"Have the server at {at} offer STARTTLS ({serving(port)[0]}; ssl = required)."
        case tag if tag == NO_STARTTLS:
            text = (
                f"Have the server at {at} offer STARTTLS (Postfix: smtpd_tls_security_level = may, "
                "with smtpd_tls_chain_files; Exim: tls_advertise_hosts = *, with tls_certificate "
                'and tls_privatekey). If its reply to EHLO has "XXXXXXXA" there, a firewall hides '
                "it: turn off SMTP inspection (Cisco: no inspect esmtp)."
            )
        case tag if tag == STARTTLS_REFUSED:
            text = (
                f"See in the log of the server at {at} why it refuses what it offers: often a key "
                "or certificate that cannot be read, or a proxy before it without TLS."
            )
        case tag if tag == HANDSHAKE_FAILED:
            text = (
                "See why the handshake fails: openssl s_client -starttls "
                f"{'imap' if port in IMAP_PORTS else 'smtp'} -connect {host}:{port}, and the log of the server: its certificate and key must be a "
                "pair, and TLS 1.2 or 1.3 be on."
            )
        case _:
            return None
    return Remedy(instruction=text)
