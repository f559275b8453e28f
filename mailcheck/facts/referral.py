"""What a referral is believed: the zone below, its servers, and no address beyond the referrer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.names import is_under
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer, NameServer


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone, the names of its servers, and the addresses that came with them."""

    name: str
    hosts: tuple[str, ...]
    glue: tuple[NameServer, ...] = ()


def zone_below(answer: DnsAnswer | Unobserved, zone: str, name: str) -> Zone | None:
    """Return the zone that *answer*, of a server of *zone*, refers to on the way down to *name*.

    None if it does not: sideways and upward referrals lead nowhere, and a server that gives one has
    no authority. Glue counts for hosts under the referrer only (RFC 2181 §5.4.1): about all others
    it has no say.
    """
    if isinstance(answer, Unobserved) or answer.status != "referral":
        return None
    cut = answer.cut
    if cut == zone or not is_under(cut, zone) or not is_under(name, cut):
        return None
    glue = tuple(server for server in answer.glue if is_under(server.name, zone))
    return Zone(cut, answer.delegated_to, glue)


def hosts_named(answer: DnsAnswer) -> tuple[str, ...]:
    """Return the servers that the NS records of *answer* name, as they can be asked for.

    Records cannot hold the name of a secret; what they named with its value is beside them.
    """
    return answer.delegated_to or tuple(text.removesuffix(".") or "." for text in answer.texts)
