"""Fetching the policy of a domain, from every address of its policy host (RFC 8461 §3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from mailcheck.facts.host_addresses import HostAddresses
from mailcheck.facts.https import HttpsGet, HttpsGetFact
from mailcheck.facts.record_owner import SubjectDomain
from mailcheck.facts.smtp.address_session import seen_from_here
from mailcheck.facts.smtp.hosts import HostSessionsFact, with_each_address
from mailcheck.names import Domain, to_u_labels
from mailcheck.question import NotObserved, Question, Unobserved, question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.names import Address

HTTPS = 443

PATH = "/.well-known/mta-sts.txt"

LARGEST = 65_536
"""Octets of a policy that are read: the cap that RFC 8461 §3.3 proposes."""


MOST = 8
"""Addresses of each version of IP that are asked, of which every sender tries fewer.

All have their minute at the same time: who drips octets from all his addresses costs no more.
"""


class MtaStsDomain(SubjectDomain):
    """A domain that takes mail; ``_mta-sts`` below it has its record, ``mta-sts`` serves its policy."""

    __slots__ = ()
    owners = ("_mta-sts", "mta-sts")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person typed.

        Raises:
            ValueError: as for any domain, or if it is the name of a record or of a policy host.
        """
        domain = Domain.parse(text)
        is_registered = domain.startswith("mta-sts.") and domain.count(".") == 1
        return cls(domain) if is_registered else super().parse(text)


def policy_host(domain: str) -> str:
    """Return the host that serves the policy of *domain*."""
    return f"mta-sts.{domain}"


def fetch_from(address: Address, host: str) -> HttpsGet:
    """Return what is asked of an *address* of the policy host."""
    return HttpsGet(address, HTTPS, host, PATH, LARGEST)


@question
class PolicyFetch(Question[HttpsGetFact]):
    """What *address* of a policy host serves, and what its silence means."""

    address: Address
    host: str

    async def derive(self) -> HttpsGetFact:
        """Fetch it; where the address is silent, find out whether that is our network."""
        return await seen_from_here(fetch_from(self.address, self.host), self.address, HTTPS)


@question
class NotFetched(Question[HttpsGetFact]):
    """What an *address* of a policy host serves that is one too many to be asked."""

    address: Address
    host: str

    async def derive(self) -> HttpsGetFact:
        """Ask nobody.

        Raises:
            NotObserved: always.
        """
        text = f"{to_u_labels(self.host)} has more addresses than the {MOST} of each version of IP that are asked"
        raise NotObserved(Unobserved("too-many-to-ask", text))


@question
class PolicyFetches(Question[HostSessionsFact[HttpsGetFact]]):
    """What each address of the policy host of *domain* serves."""

    domain: str

    async def derive(self) -> HostSessionsFact[HttpsGetFact]:
        """Find the addresses, then ask a few of them at once; of the rest nothing is known."""
        host = policy_host(self.domain)
        asked = _few_of((await HostAddresses(host)).addresses)
        return await with_each_address(
            host,
            lambda address: (
                PolicyFetch(address, host) if address in asked else NotFetched(address, host)
            ),
        )


def _few_of(addresses: Iterable[Address]) -> frozenset[Address]:
    """Return those of *addresses* that are asked: the same ones in whichever order DNS says them."""
    several = sorted(set(addresses), key=int)
    return frozenset(
        address
        for version in (4, 6)
        for address in [one for one in several if one.version == version][:MOST]
    )
