"""Whether a refusal of a recipient is one to relay, as far as its codes and words tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailcheck.facts.smtp.mailboxes import is_about_sender, names_a_client

if TYPE_CHECKING:
    from mailcheck.facts.smtp.reply import Reply

NOT_YET = frozenset({503, 530})
"""Codes of what asks for another command first, such as STARTTLS (RFC 5321 §4.2.3, RFC 3207 §4)."""

_ABOUT_ORIGIN = frozenset({"5.7.23", "5.7.24", "5.7.25", "5.7.26", "5.7.27"})
"""Enhanced status codes about where mail comes from: SPF, the client's reverse name, a sender whose
domain has a null MX (RFC 7372 §3, RFC 7505 §4.2)."""

_OF_SENDERS = re.compile(
    r"<>|(?<![\w.-])(senders?|bounces?|null|(return|reverse)[- ]path|mail from|spf|dmarc)(?![\w-]|\.\w)",
    re.IGNORECASE,
)
"""Words that may be about the reverse-path: "<>: Sender address rejected" (Postfix)."""

_OF_RELAYING = re.compile(r"(?<![\w.-])(relay(s|ed|ing)?|rcpthosts)(?![\w-]|\.\w)", re.IGNORECASE)
"""Words that are about relaying: "Relay access denied" (Postfix), "relay not permitted" (Exim),
"Relaying denied" (Sendmail), "Unable to relay" (Exchange), "isn't in my list of allowed rcpthosts"
(qmail)."""

_MAILBOX = re.compile(r"\S*[@%!]\w\S*")


def is_relay_denied(reply: Reply) -> bool:
    """Whether *reply* to RCPT says that mail is not taken: for good, or as Postfix does by default.

    A refusal of this client ("Client host [192.0.2.1] blocked", which Postfix says at RCPT too) or of
    the sender does not tell what strangers may do, no more than one that asks for other commands
    first.
    """
    if reply.code in NOT_YET or names_a_client(reply) or _is_about_origin(reply):
        return False
    return reply.code // 100 == 5 or is_deferred(reply)


def is_deferred(reply: Reply) -> bool:
    """Whether *reply* is the one by which Postfix defers what it does not relay.

    That is its default (defer_unauth_destination): no greylisting says so, and no such server would
    ever be found to refuse otherwise.
    """
    return (reply.code, reply.enhanced) == (454, "4.7.1")


def names_relaying(reply: Reply) -> bool:
    """Whether the words of *reply* are about relaying, mailboxes in them set aside."""
    return _has_word(reply, _OF_RELAYING)


def _is_about_origin(reply: Reply) -> bool:
    of_origin = is_about_sender(reply) or reply.enhanced in _ABOUT_ORIGIN
    return of_origin or _has_word(reply, _OF_SENDERS)


def _has_word(reply: Reply, words: re.Pattern[str]) -> bool:
    return any(words.search(_MAILBOX.sub("", text)) for text in reply.texts)
