"""Sentences about submission, against Postfix whose users Dovecot knows."""

from __future__ import annotations

import dataclasses
import ipaddress
from typing import TYPE_CHECKING

import pytest
import trustme

from .dovecot import ImapServer, start_dovecot
from .internet import APEX, add_unbound, internet
from .judging import judge_sentences, live
from .namespace import PUBLIC
from .postfix import Receiver, start_postfix
from .real_lab import wait_for_dns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .namespace import Namespace

pytestmark = pytest.mark.servers("postfix", "dovecot", "unbound", "nsd", "ip")

RESOLVER = ipaddress.ip_address("198.51.100.1")
USERS = ipaddress.ip_address("192.0.2.99")

TLS = {
    "smtpd_tls_security_level": "may",
    "smtpd_tls_cert_file": f"{PUBLIC}/chain.pem",
    "smtpd_tls_key_file": f"{PUBLIC}/key.pem",
}
LOGIN = {
    "smtpd_sasl_auth_enable": "yes",
    "smtpd_sasl_type": "dovecot",
    "smtpd_sasl_path": f"{PUBLIC}/login",
}
SAFE = {**TLS, **LOGIN, "smtpd_tls_auth_only": "yes"}
FIRST = {**SAFE, "smtpd_tls_wrappermode": "yes"}

HOSTS: dict[str, dict[int, dict[str, str]]] = {
    "good": {587: SAFE, 465: FIRST},
    "insists": {587: {**SAFE, "smtpd_tls_security_level": "encrypt"}, 465: FIRST},
    "clear": {587: {**TLS, **LOGIN}, 465: FIRST},
    "hidden": {
        587: {**TLS, **LOGIN, "smtpd_sasl_security_options": "noanonymous, noplaintext"},
        465: FIRST,
    },
    "nobody": {587: TLS, 465: {**TLS, "smtpd_tls_wrappermode": "yes"}},
    "bare": {587: LOGIN},
    "wrong-key": {587: {**SAFE, "smtpd_tls_key_file": f"{PUBLIC}/other.pem"}},
    "one": {465: FIRST},
}
ADDRESSES = {
    name: ipaddress.ip_address(f"192.0.2.{last}") for last, name in enumerate(HOSTS, start=1)
}

ENDS = {
    "submission of good.users.example works": "met",
    "submission of insists.users.example works": "met",
    "submission of clear.users.example works": "auth-in-clear",
    "submission of hidden.users.example works": "met",
    "submission of nobody.users.example works": "no-auth",
    "{submission of bare.users.example works: {ports: 587}}": "auth-in-clear, no-starttls",
    "{submission of wrong-key.users.example works: {ports: 587}}": "inconclusive: temporary-failure",
    "submission of one.users.example works": "connection-refused",
    "{submission of one.users.example works: {ports: 465}}": "met",
}
"""What a sentence comes to."""


@pytest.fixture(scope="module")
def space(folder: Path) -> Iterator[Namespace]:
    zone = APEX + "".join(f"{name} A {address}\n" for name, address in ADDRESSES.items())
    authority = trustme.CA()
    certificate = authority.issue_cert(*(f"{name}.users.example" for name in HOSTS))
    chain = b"".join(part.bytes() for part in certificate.cert_chain_pems)
    (folder / "chain.pem").write_bytes(chain)
    (folder / "key.pem").write_bytes(certificate.private_key_pem.bytes())
    (folder / "other.pem").write_bytes(authority.issue_cert("other").private_key_pem.bytes())
    with internet(folder, {"users.example": zone}) as running:
        add_unbound(running, RESOLVER)
        running.add_addresses([USERS, *ADDRESSES.values()])
        wait_for_dns(running, [RESOLVER])
        listener = f"unix_listener {PUBLIC}/login {{\n    mode = 0666\n  }}"
        users = ImapServer("users.example", USERS, {"auth_mechanisms": "plain login cram-md5"})
        users = dataclasses.replace(users, clauses=f"service auth {{\n  {listener}\n}}\n")
        start_dovecot(running, [users], authority)
        services = [
            Receiver(f"{name}.users.example", ADDRESSES[name], settings, port)
            for name, ports in HOSTS.items()
            for port, settings in ports.items()
        ]
        start_postfix(running, services)
        greeted = [
            {"server": str(one.address), "port": one.port, "lines": [], "tries": 200}
            for one in services
            if one.port == 587
        ]
        assert all(running.ask("ask_smtp.py", greeted))
        yield running


def test_every_sentence_ends_as_postfix_is_configured(space: Namespace) -> None:
    judged = judge_sentences(space, live([RESOLVER]), ENDS)
    assert dict(zip(ENDS, (one.end for one in judged), strict=True)) == ENDS
