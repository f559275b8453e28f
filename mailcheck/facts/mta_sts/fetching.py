"""Fetching the policy of a domain, from every address of its policy host (RFC 8461 §3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.https import HttpsGet, HttpsGetFact
from mailcheck.facts.smtp.address_session import seen_from_here
from mailcheck.facts.smtp.hosts import HostSessionsFact, with_each_address
from mailcheck.question import Question, question

if TYPE_CHECKING:
    from mailcheck.names import Address

HTTPS = 443

PATH = "/.well-known/mta-sts.txt"

LARGEST = 65_536
"""Octets of a policy that are read: the cap that RFC 8461 §3.3 proposes."""


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
class PolicyFetches(Question[HostSessionsFact[HttpsGetFact]]):
    """What each address of the policy host of *domain* serves."""

    domain: str

    async def derive(self) -> HostSessionsFact[HttpsGetFact]:
        """Find the addresses, then ask them all at once."""
        host = policy_host(self.domain)
        return await with_each_address(host, lambda address: PolicyFetch(address, host))
