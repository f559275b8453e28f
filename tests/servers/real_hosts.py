"""The hosts of a lab once more: services of one Postfix, and policy hosts of one nginx."""

from __future__ import annotations

import re
import ssl
from typing import TYPE_CHECKING

import trustme
from dns import rdatatype

from mailcheck.facts.mta_sts.fetching import HTTPS, PATH
from mailcheck.facts.smtp.session import SUBMISSIONS
from mailcheck.lab.certificates import Authorities
from mailcheck.lab.https_script import Page
from mailcheck.lab.lab import SUBMISSION_PORTS
from mailcheck.lab.smtp_script import reply
from mailcheck.names import parse_address

from .dovecot import ImapServer, start_dovecot
from .namespace import PUBLIC
from .nginx import PolicyHost, start_nginx
from .postfix import Receiver, start_postfix
from .rbldnsd import is_blocklist

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.lab import Host, LabDescription
    from mailcheck.lab.recipients import Recipients
    from mailcheck.lab.smtp_script import Script

    from .namespace import Namespace

_KNOWS_NOBODY = reply(
    550, "5.1.1 Recipient address rejected: User unknown in virtual mailbox table"
)
"""What Postfix says, but for the address in front."""

_SENDER_REFUSED = re.compile(r"([45]\d\d [45]\.\d+\.\d+ )<>: Sender address rejected: (.+)\r\n")
"""What Postfix says to the null sender where a table refuses it."""

_LOGIN = PUBLIC / "login"
"""Where Postfix asks Dovecot about users."""

_USERS = ImapServer(
    "users",
    parse_address("127.0.0.1"),
    clauses=f"service auth {{\n  unix_listener {_LOGIN} {{\n    mode = 0666\n  }}\n}}\n",
)


def is_postfix(script: Script) -> bool:
    """Whether Postfix can be told to behave as *script*.

    It can refuse in its greeting, refuse the null sender, know no mailbox at all, and take mail as
    it is described.
    """
    greeting = script.steps.get("greeting")
    refuses = greeting is None or greeting.octets[:1] in (b"4", b"5")
    mail = script.steps.get("mail")
    sender = mail is None or _SENDER_REFUSED.fullmatch(mail.octets.decode()) is not None
    knows_nobody = script.steps.get("rcpt", _KNOWS_NOBODY) == _KNOWS_NOBODY
    return (
        refuses and sender and knows_nobody and not {*script.steps} - {"greeting", "mail", "rcpt"}
    )


def start_hosts(space: Namespace, lab: LabDescription) -> tuple[Receiver, ...]:
    """Start the hosts of *lab* on every port where they speak SMTP, and return them.

    Their certificates, and the authority's, are written into the folder of *space*.
    """
    authorities = Authorities()
    authority_of(space).write_text(ssl.DER_cert_to_PEM_cert(authorities.trusted))
    receivers: list[Receiver] = []
    rewriting = ""
    for host in lab.hosts:
        if host.certificate:
            (space.folder / f"{host.name}.pem").write_bytes(authorities.pem(host.certificate))
        for port, script in host.ports.items():
            if script == "refused":
                continue
            settings = _behaviour(script) | _tls(host, port) | _login(port)
            receivers += [Receiver(host.name, at, settings, port) for at in host.addresses]
        known = next((s.recipients for s in host.ports.values() if s != "refused"), None)
        rewriting += _rewriting(host.name, known) if known else ""
    if any(receiver.port in SUBMISSION_PORTS for receiver in receivers):
        start_dovecot(space, [_USERS], trustme.CA())
    policies = [
        PolicyHost(host.name, at, policy)
        for host in lab.hosts
        if (policy := policy_of(host, HTTPS)) is not None
        for at in host.addresses
    ]
    if policies:
        start_nginx(space, policies)
    if receivers:
        start_postfix(space, receivers, _served_domains(lab), more=rewriting)
    return tuple(receivers)


def policy_of(host: Host, port: int) -> str | None:
    """Return the MTA-STS policy of a *host* that serves nothing else, and on no other *port*."""
    site = host.https.get(port, "refused")
    if site == "refused" or port != HTTPS or site.opens or [*site.pages] != [PATH]:
        return None
    policy = site.pages[PATH].body.decode()
    return policy if site.pages[PATH] == Page(body=policy.encode()) else None


def authority_of(space: Namespace) -> Path:
    """Return the PEM of the authority that signed the certificates of the hosts."""
    return space.folder / "authority.pem"


def _behaviour(script: Script) -> dict[str, str]:
    """Return how Postfix behaves as *script*.

    One that refuses every recipient has a list of virtual mailboxes, and nobody on it. (Of local ones
    postmaster is always there: Postfix sees to that.) Without recipients, everybody is its own client.
    """
    settings = {"virtual_mailbox_maps": "static:anybody", "mynetworks": "0.0.0.0/0 [::]/0"}
    if script.recipients is not None:
        settings = _knowing(script.host, script.recipients)
    if "rcpt" in script.steps:
        settings = {"virtual_mailbox_maps": "inline:{somebody@elsewhere.example=x}"}
    if "greeting" in script.steps:
        words = script.steps["greeting"].octets.decode().strip()
        settings["smtpd_delay_reject"] = "no"
        settings["smtpd_client_restrictions"] = f"check_client_access static:{{{words}}}"
    if "mail" in script.steps:
        worded = _SENDER_REFUSED.fullmatch(script.steps["mail"].octets.decode())
        assert worded
        settings["smtpd_delay_reject"] = "no"
        settings["smtpd_sender_restrictions"] = (
            f"check_sender_access static:{{{''.join(worded.groups())}}}"
        )
    return settings


def _knowing(host: str, known: Recipients) -> dict[str, str]:
    """Return the settings of a host that knows its mailboxes, and relays for nobody."""
    mailboxes = [*sorted(known.mailboxes), *(f"@{domain}" for domain in sorted(known.domains))]
    entries = ", ".join(f"{{{mailbox} = here}}" for mailbox in mailboxes)
    return {
        "virtual_mailbox_maps": f"inline:{{{entries}}}" if mailboxes else "",
        "smtpd_relay_restrictions": "reject_unauth_destination",
        "rewrite_service_name": f"rewrite-{host}",
    }


def _rewriting(host: str, known: Recipients) -> str:
    """Return the service that tells *host* which domains are its own: else all hosts have the same."""
    domains = " ".join(sorted(known.known_domains))
    return (
        f"rewrite-{host} unix - - n - - trivial-rewrite\n"
        f"  -o {{ virtual_mailbox_domains = {domains} }}\n"
    )


def _tls(host: Host, port: int) -> dict[str, str]:
    if host.certificate is None:
        return {}
    return {
        "smtpd_tls_security_level": "may",
        "smtpd_tls_chain_files": str(PUBLIC / f"{host.name}.pem"),
        **({"smtpd_tls_wrappermode": "yes"} if port == SUBMISSIONS else {}),
    }


def _login(port: int) -> dict[str, str]:
    """Return the settings of a *port* for users, who log in where TLS has begun."""
    if port not in SUBMISSION_PORTS:
        return {}
    return {
        "smtpd_sasl_auth_enable": "yes",
        "smtpd_sasl_type": "dovecot",
        "smtpd_sasl_path": str(_LOGIN),
        "smtpd_tls_auth_only": "yes",
    }


def _served_domains(lab: LabDescription) -> list[str]:
    """Return the names of *lab* that mail can be addressed to: hosts may take it for any of them."""
    kinds = (rdatatype.MX, rdatatype.A, rdatatype.AAAA, rdatatype.CNAME)
    names = {
        name.to_text(omit_final_dot=True)
        for server in lab.servers
        if not is_blocklist(server)
        for zone in server.zones
        for name, node in zone.nodes.items()
        if any(node.get(kind) for kind in kinds)
    }
    return sorted(names)
