"""Responses with aliases: chains, loops, and what must not stand beside an alias."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import dns.message
import dns.name
import dns.rcode

from tests.faults import truth
from tests.faults.contents import Message, question_name, question_type
from tests.faults.mistaken import FORGED
from tests.faults.server import Packet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.faults.server import Asked, Reply


def through(length: int) -> Callable[[Message], None]:
    """Put *length* aliases between the name asked and its records, or the denial of them."""

    def edit(message: Message) -> None:
        names = [question_name(message), *(f"alias{i}.example.com." for i in range(length))]
        if message.answer:
            for found in message.answer:
                if found.name == message.question[0].name:
                    found.name = dns.name.from_text(names[-1])
        chain = [truth.rrset(name, "CNAME", target) for name, target in itertools.pairwise(names)]
        message.answer = [*chain, *message.answer]

    return edit


def denied_at_the_end(message: Message) -> None:
    """Answer what is there with an alias, and deny its target."""
    if message.answer:
        target = "nowhere.example."
        message.answer = [truth.rrset(question_name(message), "CNAME", target)]
        message.set_rcode(dns.rcode.NXDOMAIN)


def beside_its_own_soa(asked: Asked) -> Iterable[Packet]:
    """Answer with an alias and the SOA of the zone it stands in, and its target when asked again."""
    name = asked.name.removesuffix(".alias.example")
    if name != asked.name:
        return [Packet(_ends_at(asked, name))]
    message = asked.message()
    if not message.answer or name == ".":
        return [Packet(asked.honest())]
    message.answer = [truth.rrset(question_name(message), "CNAME", f"{name}.alias.example.")]
    message.authority = [truth.soa(truth.zone_of(name))]
    return [Packet(message.to_wire())]


def looping(message: Message) -> None:
    """Answer with aliases that lead back to the name."""
    there = "there.example.com."
    message.answer = [
        truth.rrset(question_name(message), "CNAME", there),
        truth.rrset(there, "CNAME", question_name(message)),
    ]
    message.authority = []


def of_itself(message: Message) -> None:
    """Answer with an alias of the name itself."""
    message.answer = [truth.rrset(question_name(message), "CNAME", question_name(message))]
    message.authority = []


def beside_an_alias(message: Message) -> None:
    """Put an alias beside the records (RFC 1034 §3.6.2 forbids it)."""
    message.answer.append(truth.rrset(question_name(message), "CNAME", "nowhere.example."))


def two_aliases(message: Message) -> None:
    """Make the name an alias of two (RFC 2181 §10.1 forbids it): one has the truth, one has not."""
    name, rdtype, true = question_name(message), question_type(message), message.answer
    # Two RRsets: dnspython keeps one alias in each.
    message.answer = [truth.rrset(name, "CNAME", target) for target in ("a.example.", "b.example.")]
    for one in true:
        message.answer.append(truth.rrset("a.example.", rdtype, *(r.to_text() for r in one)))
    if rdtype in FORGED:
        message.answer.append(truth.rrset("b.example.", rdtype, FORGED[rdtype]))
    message.authority = []
    message.set_rcode(dns.rcode.NOERROR)


def hop(limit: int) -> Reply:
    """Answer with one alias at a time, the end of which is the truth after *limit* of them."""

    def reply(asked: Asked) -> Iterable[Packet]:
        first, _, rest = asked.name.partition(".")
        number, name = (int(first[3:]), rest) if first.startswith("hop") else (0, asked.name)
        if number == limit:
            return [Packet(_ends_at(asked, name))]
        message = asked.message()
        message.set_rcode(dns.rcode.NOERROR)
        below = "" if name == "." else f"{name}."
        message.answer = [truth.rrset(question_name(message), "CNAME", f"hop{number + 1}.{below}")]
        message.authority = []
        return [Packet(message.to_wire())]

    return reply


def _ends_at(asked: Asked, name: str) -> bytes:
    """Return what is so of *name*, said of the alias that was asked."""
    wire = truth.response(asked.role, name, asked.rdtype, edns=asked.edns)
    message = dns.message.from_wire(wire)
    message.id = int.from_bytes(asked.id, "big")
    owner, alias = message.question[0].name, dns.name.from_text(asked.name)
    for found in (*message.question, *message.answer):
        if found.name == owner:
            found.name = alias
    asked.told.add((name, asked.rdtype))
    return message.to_wire(max_size=65535)


def back_and_forth(asked: Asked) -> Iterable[Packet]:
    """Answer with one alias at a time, that lead to each other."""
    name = asked.name.removeprefix("there.")
    target = name if name != asked.name else f"there.{name}"
    message = asked.message()
    message.set_rcode(dns.rcode.NOERROR)
    message.answer = [truth.rrset(question_name(message), "CNAME", f"{target}.")]
    message.authority = []
    return [Packet(message.to_wire())]
