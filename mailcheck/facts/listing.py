"""Whether a blocklist has an address, told apart from a list that does not answer that question."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from dns.rdtypes.ANY.TXT import TXT

from mailcheck.evidence import visible
from mailcheck.facts.dns import DnsAnswer
from mailcheck.facts.lookup import Lookup
from mailcheck.names import Address, is_under, to_u_labels
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

# RFC 5782 §5: every list has the first and none has the second; for IPv6 lists, the same addresses
# mapped (::FFFF:7F00:2 and ::FFFF:7F00:1).
_LISTED = {4: "127.0.0.2", 6: "::ffff:7f00:2"}
_UNLISTED = {4: "127.0.0.1", 6: "::ffff:7f00:1"}

_CODES = ipaddress.IPv4Network("127.0.0.0/8")
_REFUSALS = ipaddress.IPv4Network("127.255.255.0/24")

# Source: https://www.spamhaus.org/faqs/dnsbl-usage/ (error codes), read 2026-11; other lists use
# the same range. 127.0.0.1 is what URIBL answers to clients it does not serve.
_REFUSED = {
    "127.255.255.252": "the zone is mistyped",
    "127.255.255.254": "the query came through a public resolver; ask through one of your own",
    "127.255.255.255": "too many queries came from this resolver",
    "127.0.0.1": "this is no return code; some lists give it to clients they do not serve",
}


@question
class Listing(Question["ListingFact"]):
    """What the list *zone* has for *ip*.

    Unobserved with cause ``list-refuses`` or ``not-a-return-code`` if the answer says nothing about
    the address, ``list-not-alive`` if the address is not found and neither is the entry that every
    list has, ``list-lists-everything`` if it is found and so is the one that no list has.
    """

    ip: Address
    zone: str

    async def derive(self) -> ListingFact:
        """Ask for the address and for the entry that every list has."""
        name = listing_name(self.ip, self.zone)
        test_point = listing_name(ipaddress.ip_address(_LISTED[self.ip.version]), self.zone)
        answer, alive = await each_of(Lookup(owner, "A") for owner in (name, test_point))
        codes = _codes(self.zone, _observed(answer))
        if not codes:
            _require_alive(self.zone, test_point, _observed(alive))
            return ListingFact(self.ip, self.zone, name)
        control = listing_name(ipaddress.ip_address(_UNLISTED[self.ip.version]), self.zone)
        said, text = await each_of((Lookup(control, "A"), Lookup(name, "TXT")))
        if isinstance(said, DnsAnswer) and said.status == "data":
            raise NotObserved(_lists_everything(self.zone, control))
        return ListingFact(self.ip, self.zone, name, codes, _reason(text))


@dataclass(frozen=True, slots=True)
class ListingFact:
    """The return codes of an address on a list, sorted; none if it is not listed.

    ``name`` is what was asked, ``reason`` the text the list gives for the entry, as sent.
    """

    ip: Address
    zone: str
    name: str
    codes: tuple[ipaddress.IPv4Address, ...] = ()
    reason: str = ""


def listing_name(ip: Address, zone: str) -> str:
    """Return the name at which *zone* has *ip*, its octets or nibbles reversed (RFC 5782 §2)."""
    reversed_ip, _, _ = ip.reverse_pointer.rpartition(".")
    return f"{reversed_ip.removesuffix('.in-addr').removesuffix('.ip6')}.{zone}"


def _observed(answer: DnsAnswer | Unobserved) -> DnsAnswer:
    if isinstance(answer, Unobserved):
        raise NotObserved(answer)
    return answer


def _codes(zone: str, answer: DnsAnswer) -> tuple[ipaddress.IPv4Address, ...]:
    """Read the return codes; none if the name is not there.

    Raises:
        NotObserved: if what is there says nothing about the address.
    """
    if answer.status == "refused":
        text = f"all name servers of {to_u_labels(answer.cut or zone)} refuse to answer"
        raise NotObserved(Unobserved("list-refuses", text))
    for missing in answer.unread:
        raise NotObserved(missing)
    shown = to_u_labels(zone)
    codes = tuple(sorted(ipaddress.IPv4Address(text) for text in answer.texts))
    for code in codes:
        if code in _REFUSALS or str(code) in _REFUSED:
            why = _REFUSED.get(str(code), "an error code")
            raise NotObserved(Unobserved("list-refuses", f"{shown} answers {code}: {why}"))
        if code not in _CODES:
            text = f"{shown} answers {code}, outside 127.0.0.0/8: a parked or rewritten name"
            raise NotObserved(Unobserved("not-a-return-code", text))
    return codes


def _require_alive(zone: str, test_point: str, answer: DnsAnswer) -> None:
    """Accept "not listed" from a list that lists its test point only.

    Raises:
        NotObserved: if it does not.
    """
    if _codes(zone, answer):
        return
    text = f"{to_u_labels(zone)} does not list its own test point {test_point}"
    if answer.denier and not is_under(answer.denier, zone):
        text += f"; the zone {visible(to_u_labels(answer.denier))} denies it: is the list spelled right?"
    raise NotObserved(Unobserved("list-not-alive", text))


def _lists_everything(zone: str, control: str) -> Unobserved:
    text = f"{to_u_labels(zone)} lists {control}, which no list has: it was shut down, or lists all"
    return Unobserved("list-lists-everything", text)


def _reason(answer: DnsAnswer | Unobserved) -> str:
    """Return the texts of an entry, the strings of each joined (RFC 5782 §2.1)."""
    if isinstance(answer, Unobserved):
        return ""
    return " | ".join(
        b"".join(record.strings).decode("utf-8", "replace") for record in answer.of(TXT)
    )
