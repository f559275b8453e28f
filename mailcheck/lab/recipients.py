"""Whom a scripted SMTP host takes mail for, as a function of what RCPT says (RFC 5321 §3.3).

Answered as by a Postfix that knows its mailboxes and relays for nobody, whoever the sender is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailcheck.lab.smtp_script import Step, reply

POSTMASTER = "postmaster"
"""The one mailbox that a server takes without a domain (RFC 5321 §4.1.1.3, §4.5.1)."""

_PATH = re.compile(r'rcpt\s+to:\s*(?:<((?:"(?:\\.|[^"\\])*"|[^">])*)>|([^\s<>]+))', re.IGNORECASE)
_SOURCE_ROUTE = re.compile(r"^@[^:]*:")
_ESCAPED = re.compile(r"\\(.)")
_ROUTING = re.compile(r"[%!@]")
"""Marks of a local part that some servers read as a route to somewhere else."""


@dataclass(frozen=True, slots=True)
class Recipients:
    """The ``mailboxes`` of a host, and the ``domains`` in which it takes everybody, in small letters.

    It knows the domains of its mailboxes as well. Nobody at all is a host that only sends.
    """

    mailboxes: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()

    @property
    def known_domains(self) -> frozenset[str]:
        """The domains that mail can be addressed to here."""
        return self.domains | {mailbox.rpartition("@")[2] for mailbox in self.mailboxes}

    def step(self, line: bytes) -> Step:
        """Return the reply to the RCPT in *line*.

        A source route is ignored (RFC 5321 §3.6.1, appendix C). A local part that could be one is
        refused even where everybody is taken: no Postfix takes those from strangers. What is quoted
        is said without its quotes, as Postfix does.
        """
        said = _PATH.match(line.decode("utf-8", "replace"))
        if said is None:
            return reply(501, "5.5.4 Syntax: RCPT TO:<address>")
        path = _SOURCE_ROUTE.sub("", said[1] or said[2] or "")
        local, at, domain = path.rpartition("@") if "@" in path else (path, "", "")
        if local[:1] == '"':
            local = _ESCAPED.sub(r"\1", local[1:-1])
        if not local:
            return reply(501, "5.1.3 Bad recipient address syntax")
        mailbox = f"{local}{at}{domain}"
        if mailbox.lower() == POSTMASTER:
            return _taken()
        if domain.lower() not in self.known_domains or _ROUTING.search(local):
            return reply(554, f"5.7.1 <{mailbox}>: Relay access denied")
        if domain.lower() in self.domains or mailbox.lower() in self.mailboxes:
            return _taken()
        why = "User unknown in virtual mailbox table"
        return reply(550, f"5.1.1 <{mailbox}>: Recipient address rejected: {why}")


def _taken() -> Step:
    return reply(250, "2.1.5 Ok")
