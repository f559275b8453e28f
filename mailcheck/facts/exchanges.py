"""What DNS knows about the hosts that MX records name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.facts.host_addresses import HostAddresses, HostAddressesFact
from mailcheck.facts.mail_hosts import MAX_EXCHANGES
from mailcheck.facts.scope import AddressScope, AddressScopeFact
from mailcheck.names import parse_address
from mailcheck.question import Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from mailcheck.names import Address


@question
class Exchange(Question["ExchangeFact"]):
    """The exchange *name*: its addresses, and whether they are public."""

    name: str

    async def derive(self) -> ExchangeFact:
        """Look up the addresses, then what each is for."""
        found = await HostAddresses(self.name)
        scopes = await each_of(AddressScope(address) for address in found.addresses)
        return ExchangeFact(
            self.name,
            found,
            tuple(s for s in scopes if isinstance(s, AddressScopeFact) and not s.public),
            (*found.unknown, *found.unread, *(s for s in scopes if isinstance(s, Unobserved))),
        )


@dataclass(frozen=True, slots=True)
class ExchangeFact:
    """One exchange. ``found`` are its addresses, ``special`` those that are not public.

    ``unknown`` says what could not be had of either.
    """

    name: str
    found: HostAddressesFact
    special: tuple[AddressScopeFact, ...] = ()
    unknown: tuple[Unobserved, ...] = ()


async def exchanges(names: tuple[str, ...]) -> tuple[ExchangeFact | Unobserved, ...]:
    """Look up *names* at once, the first ones of very many, each as far as it can be known."""
    answers = await each_of(Exchange(name) for name in names[:MAX_EXCHANGES])
    if len(names) <= MAX_EXCHANGES:
        return answers
    text = f"only {MAX_EXCHANGES} of {len(names)} exchanges were looked up"
    return (*answers, Unobserved("too-many-exchanges", text))


def literal(name: str) -> Address | None:
    """Return the address that *name* spells; DNS takes ``192.0.2.1.`` for a name of four labels."""
    try:
        return parse_address(name)
    except ValueError:
        return None
