"""The host can send mail: its network lets it out to port 25.

Requires
    From the machine this runs on, one of the control hosts answers on port 25, over IPv4 or IPv6.

Why
    Servers deliver to each other on port 25 and nowhere else (RFC 5321 §4.5.4.2). Most clouds and
    access networks let nobody out to it until they are asked, and drop the packets without a word:
    mail waits in the queue, and the log says "Connection timed out".

Met when
    A control host accepts the connection and greets. Over one family is enough.

Advises when
    family-blocked: nobody answers on port 25 over the other family.
        A server that tries this one first waits for each receiver that has it.

Unmet when
    port-25-blocked: none of two or more control hosts answers on port 25, and HTTPS works.
        No mail leaves: it waits in the queue and bounces after days, "Connection timed out".

Not judged here
    Which machine it is: run it on the host that is named, nothing here can prove that it is. Whether
    a network answers in the place of servers. The control hosts are servers of large operators;
    ``--mail-control-host`` names others, ``none`` and a lab have none: then it is not evaluated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.smtp.told import told_port
from mailcheck.facts.smtp.vantage import (
    FAMILIES,
    NO_NETWORK,
    RunControls,
    RunControlsFact,
    Vantage,
)
from mailcheck.finding import Advice, Finding, Reason, Remedy, met, unmet
from mailcheck.names import Domain
from mailcheck.question import NotObserved, Unobserved, all_of, each_of
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.check import Told
    from mailcheck.facts.smtp.vantage import VantageFact

SMTP = 25


@dataclass(frozen=True, slots=True)
class CanReachPort25:
    """The parameters of the sentence."""

    host: Domain = slot("the host this runs on")


async def judge(_: CanReachPort25) -> Finding:
    """Try the control hosts over both families."""
    controls = [name for name, port in (await RunControls()).hosts if port == SMTP]
    if not controls:
        text = "no control hosts are tried here, in a lab or with --mail-control-host none"
        raise NotObserved(Unobserved("no-control-hosts", text, not_evaluated=True))
    seen = await all_of(Vantage(family, SMTP) for family in FAMILIES)
    heard = [vantage for vantage in seen if vantage.heard]
    if heard:
        return met(*(_blocked_as_well(vantage) for vantage in seen if vantage.is_blocked))
    if any(vantage.is_blocked for vantage in seen) and all(map(_says_nothing_leaves, seen)):
        tried = " and ".join(dict.fromkeys(name for vantage in seen for name in vantage.asked))
        return unmet("port-25-blocked", f"from here {tried} do not answer on port 25; HTTPS works")
    for answer in await each_of(Lookup(name, "A") for name in controls):
        if isinstance(answer, Unobserved):
            raise NotObserved(answer)
    if not any(vantage.web for vantage in seen):
        text = "nobody can be reached, neither on port 25 nor on HTTPS"
        raise NotObserved(Unobserved(NO_NETWORK, text))
    text = "one control host that is silent may be down; fewer than two could be tried"
    raise NotObserved(Unobserved("too-few-control-hosts", text))


def _says_nothing_leaves(vantage: VantageFact) -> bool:
    """Whether mail cannot leave over the family: it is blocked, or there is nothing to leave by."""
    return vantage.is_blocked or not vantage.web


def _blocked_as_well(vantage: VantageFact) -> Advice:
    text = f"over {vantage.family}, {' and '.join(vantage.asked)} do not answer on port 25; HTTPS works"
    return Advice("family-blocked", text)


def remedy(wanted: CanReachPort25, _: Reason) -> Remedy:
    """Whom to ask, and the way round."""
    return Remedy(
        instruction=f"Ask the provider of {wanted.host} to open port 25 outwards, or send through its "
        "relay on port 587 (Postfix: relayhost = [smtp.example.net]:587)."
    )


_SENTENCE = "host mail.example.com can reach port 25"
_HOSTS = (("mx1.example", 25), ("mx2.example", 25), ("www.example", 443))
_DNS: tuple[Told, ...] = (
    (RunControls(), RunControlsFact(_HOSTS)),
    told("mx1.example A", "192.0.2.1"),
    told("mx2.example A", "192.0.2.2"),
    told("www.example A", "192.0.2.3"),
    *(told(f"{name} AAAA", "NODATA") for name, _ in _HOSTS),
    told_port("192.0.2.3:443", "answers"),
)


CHECK = check(
    __doc__,
    template="host [{host}] can reach port 25",
    parameters=CanReachPort25,
    judge=judge,
    remedy=remedy,
    sources=("RFC 5321 §4.5.4.2",),
    over_several=True,
    examples=(
        Example(
            "one of two answers",
            _SENTENCE,
            (*_DNS, told_port("192.0.2.1:25", "answers"), told_port("192.0.2.2:25", "TIMEOUT")),
            "met",
            partly_unknown=True,
        ),
        Example(
            "nobody answers, and the web does",
            _SENTENCE,
            (*_DNS, told_port("192.0.2.1:25", "TIMEOUT"), told_port("192.0.2.2:25", "TIMEOUT")),
            "port-25-blocked",
        ),
    ),
)
