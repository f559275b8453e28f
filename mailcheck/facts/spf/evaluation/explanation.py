"""What a domain wants those to be told who fail (RFC 7208 §6.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.lookup import Lookup
from mailcheck.facts.spf.evaluation.asking import BrokenOff
from mailcheck.facts.spf.evaluation.expansion import name_of
from mailcheck.facts.spf.record.macro_string import explain_string
from mailcheck.facts.txt import texts
from mailcheck.question import NotObserved, Unobserved, each_of

if TYPE_CHECKING:
    from mailcheck.facts.spf.evaluation.asking import Asking
    from mailcheck.facts.spf.record.terms import Modifier


async def explanation(exp: Modifier, domain: str, asking: Asking) -> str:
    """Return the text that *exp* in the record of *domain* leads to; empty if it leads to none.

    The result stands already, so whatever goes wrong here only leaves it unexplained: a name that
    cannot be, no text or several, a text that breaks the grammar.
    """
    try:
        name = name_of(await asking.expanded(exp.value, domain))
        if name is None:
            return ""
        [answer] = await each_of([Lookup(name, "TXT")])
        if isinstance(answer, Unobserved) or len(found := texts(answer).texts) != 1:
            return ""
        return await asking.expanded(explain_string(found[0].decode("ascii")), domain)
    except (BrokenOff, NotObserved, ValueError):  # not ASCII is a ValueError as well
        return ""
