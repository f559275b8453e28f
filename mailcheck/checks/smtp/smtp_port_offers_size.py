"""A mail server takes messages of a size.

Requires
    Every address of the host, or of every MX host of the domain, declares in its reply to EHLO
    (SIZE, RFC 1870) that it takes messages of so many megabytes.

Why
    A sender compares its message with the number and bounces what is larger at once: "552 5.3.4
    Message size exceeds fixed limit". An exchange that takes less than the first one, or a filter
    before the server with a limit of its own, bounces mail that the others take.

Met when
    The number is as large. A megabyte is 1,000,000 octets here: "10 MB" is 10240000 to Postfix,
    10485760 to others, and all of them hold it. 0 is no limit, and SIZE without a number none that
    is told. Count the message as it is sent: attachments grow by 37% in base64, so 25 MB of files
    need 35 MB. The last reply to EHLO counts, in TLS where TLS can be had.

Unmet when
    ...
    no-size: an address does not offer SIZE, or knows HELO alone.
        Senders send the whole message to find out whether it is too large.
    size-too-small: an address declares a smaller number.
        Larger messages bounce: "552 5.3.4 Message size exceeds fixed limit", or from Postfix "5.3.4
        message size ... exceeds size limit ... of server".
    malformed-size: what an address has behind SIZE is no number.
        Postfix warns "bad EHLO SIZE limit" and sends whatever it has; others may not send at all.

Advises when
    no-number: an address offers SIZE without a number.
        It may have a limit, and a sender learns of it only when it names a size (MAIL FROM).
    ipv6-not-asked: IPv6 addresses were left out, because nothing gets out over IPv6 here.
        The server behind them may have another limit.

Not judged here
    Whether the server keeps to what it declares, and the limits of mailboxes. A session that broke
    off before the second EHLO, or whose handshake fails, leaves it open what is offered.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mailcheck.check import Example, Told, check
from mailcheck.evidence import visible
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.extensions import offered
from mailcheck.facts.smtp.size import MB, Megabytes, declared_size
from mailcheck.facts.smtp.target import NOT_SERVED, SmtpTarget
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.finding import Advice, Finding, Part, Reason, Remedy, met, unmet
from mailcheck.question import Unobserved
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.facts.smtp.session import SmtpSessionFact


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpPortOffersSize(SmtpTarget):
    """The parameters of the sentence."""

    megabytes: Megabytes = slot("the size, in units of 1,000,000 octets", subjects=())


async def judge(wanted: SmtpPortOffersSize) -> Finding:
    """Hold a session with every address of every host; each must take as much."""
    return await wanted.every_server(partial(_takes, wanted.megabytes))


def _takes(megabytes: int, session: SmtpSessionFact) -> Part:
    about, where = str(session.address), session.where
    found = offered(session, "SIZE")
    if isinstance(found, Unobserved):
        return found
    if found is None:
        return unmet("no-size", f"{where} does not offer SIZE", about)
    size = declared_size(found)
    if size.kind == "malformed":
        return unmet("malformed-size", f"{where} offers SIZE {visible(found, 80)}", about)
    if not size.takes(megabytes * MB):
        return unmet("size-too-small", f"{where} takes {size}, not {megabytes} MB", about)
    if size.kind == "no-number":
        return met(Advice("no-number", f"{where} offers SIZE and does not say how much it takes"))
    return met()


def remedy(wanted: SmtpPortOffersSize, reason: Reason) -> Remedy:
    """What to set, start, open or publish."""
    if reason.tag not in ("no-size", "size-too-small", "malformed-size"):
        return wanted.to_be_served(reason)
    octets = wanted.megabytes * MB
    text = (
        f"Have the server at {reason.about} take {wanted.megabytes} MB (Postfix: "
        f"message_size_limit = {octets}, and mailbox_size_limit no smaller; Exim: "
        f"message_size_limit = {octets}), and whatever filters mail before and behind it."
    )
    if reason.tag == "no-size":
        text += " Postfix hides SIZE if smtpd_discard_ehlo_keywords names it."
    return Remedy(instruction=text)


_SENTENCE = "SMTP port 25 of mx.example.com offers SIZE of 25 MB"
_HOST = (
    told("mx.example.com A", "192.0.2.25 | 192.0.2.26"),
    told("mx.example.com AAAA", "NODATA"),
)


def _takes_up_to(address: str, number: str, breaks: str = "") -> Told:
    ehlo = f"250-mx.example.com\n250 SIZE {number}"
    return told_smtp(f"mx.example.com {address}:25", "220 mx.example.com", ehlo=ehlo, breaks=breaks)


CHECK = check(
    __doc__,
    template="SMTP port {port} [of {host}] offers SIZE of {megabytes} MB",
    parameters=SmtpPortOffersSize,
    judge=judge,
    remedy=remedy,
    also=NOT_SERVED,
    sources=("RFC 1870 §3", "RFC 1870 §6.1", "RFC 3207 §4.2", "Postfix message_size_limit"),
    over_several=True,
    examples=(
        Example(
            "one counts in powers of two, the other has no limit",
            _SENTENCE,
            (*_HOST, _takes_up_to("192.0.2.25", "26214400"), _takes_up_to("192.0.2.26", "0")),
            ends="met",
        ),
        Example(
            "a server as it was installed, and one that is silent",
            _SENTENCE,
            (
                *_HOST,
                _takes_up_to("192.0.2.25", "10240000"),
                _takes_up_to("192.0.2.26", "", "greeting TIMEOUT"),
            ),
            ends="size-too-small",
            partly_unknown=True,
        ),
    ),
)
