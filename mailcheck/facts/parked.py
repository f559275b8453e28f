"""Whether a domain takes no mail, as far as its owner says so."""

from __future__ import annotations

import re

from mailcheck.facts.existence import absence
from mailcheck.facts.mail_hosts import MailHosts, MailHostsFact
from mailcheck.facts.txt import Texts, TextsFact
from mailcheck.question import each_of

_NOBODY_SENDS = re.compile(rb"v=spf1 +-all *", re.IGNORECASE)


async def is_parked(domain: str) -> bool:
    """Whether *domain* is known to take no mail, for a remedy that is to name a mailbox.

    It has the null MX, or does not exist, or has no MX and an SPF record by which nobody sends for it.
    What is unknown is no reason to think so.
    """
    mx, said = await each_of([MailHosts(domain), Texts(domain)])
    if not isinstance(mx, MailHostsFact) or mx.hosts or mx.answer.status == "refused":
        return False
    if mx.nothing_but_null or absence(mx.answer):
        return True
    return isinstance(said, TextsFact) and any(map(_NOBODY_SENDS.fullmatch, said.texts))
