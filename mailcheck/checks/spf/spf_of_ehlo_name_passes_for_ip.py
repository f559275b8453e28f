"""A client passes SPF by the name that it says in EHLO.

Requires
    Evaluated as receivers do (``check_host()``, RFC 7208 §4), the SPF record of the EHLO name says
    pass for the address. That there is none is advised only.

Why
    Bounces have no sender, so receivers evaluate the EHLO name in its place (RFC 7208 §2.4); many do
    for all mail, and first (§2.3). A record there is ``v=spf1 a -all``, and seldom looked at again.

Met when
    A term of the record, or of one that it includes or redirects to, lets the client pass before any
    other decides. The result is in the reports, as ``result``.

Unmet when
    ...

Advises when
    ...

Not judged here
    The domain of the sender: ``SPF of D passes for IP I``. Whether the EHLO name is the host's own:
    ``EHLO name E matches PTR of IP I``.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.change.given_back import REMOVED
from mailcheck.facts.dns import told
from mailcheck.facts.spf.evaluation.check import SpfCheck
from mailcheck.facts.spf.evaluation.judging import judged, other_results
from mailcheck.facts.spf.evaluation.keeping import with_kept
from mailcheck.facts.spf.evaluation.reach import ADVICE, on_reach
from mailcheck.facts.spf.evaluation.remedies import remedied, says_close
from mailcheck.facts.spf.evaluation.removal import with_removal
from mailcheck.facts.txt import txt_record
from mailcheck.finding import Finding, Reason, Remedy
from mailcheck.names import Address, HeloName
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class SpfOfEhloNamePassesForIp:
    """The parameters of the sentence."""

    ehlo: HeloName = slot("what the client says after EHLO")
    ip: Address = slot("the address the client connects from")


async def judge(wanted: SpfOfEhloNamePassesForIp) -> Finding:
    """Evaluate the record of the name for postmaster of it."""
    asked = SpfCheck(wanted.ip, wanted.ehlo, "", wanted.ehlo)
    fact = await asked
    found = judged(fact, wanted.ip, wanted.ehlo, "pass")
    found = await with_kept(found, {asked: fact}, wanted.ehlo)
    found = await with_removal(found, wanted.ehlo)
    return found.with_advice(*await on_reach(wanted.ip)) if found.result else found


def remedy(wanted: SpfOfEhloNamePassesForIp, reason: Reason) -> Remedy:
    """The record with a term for the client; a first one lets nobody else pass."""
    first = reason.tag == "spf-none" and reason.instead and not says_close(reason)
    if first and reason.about != REMOVED:
        record = f"v=spf1 ip{wanted.ip.version}:{wanted.ip} -all".encode()
        return Remedy((txt_record(reason.about, record),), "For this host alone says its name:")
    return remedied(reason)


_SENTENCE = "SPF of EHLO name mail.example.com passes for IP 192.0.2.25"

CHECK = check(
    __doc__,
    template="SPF of EHLO name [{ehlo}] passes for IP [{ip}]",
    parameters=SpfOfEhloNamePassesForIp,
    judge=judge,
    remedy=remedy,
    also=other_results("pass"),
    also_advises=ADVICE,
    advised=("spf-none",),
    sources=("RFC 7208 §2.3", "RFC 7208 §2.4", "RFC 7208 §4", "RFC 7372 §3.2"),
    examples=(
        Example(
            "the usual record of a mail server",
            _SENTENCE,
            (
                told("mail.example.com TXT", '"v=spf1 a -all"'),
                told("mail.example.com A", "192.0.2.25"),
            ),
            ends="met",
        ),
        Example(
            "the server moved, and its record names the old address",
            _SENTENCE,
            (told("mail.example.com TXT", '"v=spf1 ip4:192.0.2.24 -all"'),),
            ends="spf-fail",
        ),
        Example(
            "a server without a record",
            _SENTENCE,
            (told("mail.example.com TXT", "NODATA"),),
            ends="spf-none",
        ),
    ),
)
