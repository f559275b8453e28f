"""The hosts that MX records name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.facts.dns import told
from mailcheck.facts.exchanges import Exchange, ExchangeFact, exchanges, literal
from mailcheck.facts.mail_hosts import MAX_EXCHANGES
from mailcheck.facts.scope import AddressScope
from mailcheck.names import parse_address
from mailcheck.question import Question, Unobserved, question

if TYPE_CHECKING:
    from collections.abc import Callable


def test_addresses_that_are_not_public_are_set_apart(answered: Callable[..., Any]) -> None:
    fact = answered(
        Exchange("mx.example"),
        told("mx.example A", "192.0.2.1 | 10.0.0.1"),
        told("mx.example AAAA", "fd00::1"),
    )
    assert isinstance(fact, ExchangeFact)
    assert [str(s.address) for s in fact.special] == ["10.0.0.1", "fd00::1"]
    assert fact.unknown == ()


def test_what_is_unknown_of_addresses_and_of_their_scope(answered: Callable[..., Any]) -> None:
    address = parse_address("192.0.2.1")
    fact = answered(
        Exchange("mx.example"),
        told("mx.example A", "192.0.2.1"),
        told("mx.example AAAA", "TIMEOUT"),
        (AddressScope(address), Unobserved("no-registry")),
    )
    assert [u.cause for u in fact.unknown] == ["timeout", "no-registry"]


@question
class _All(Question[tuple[ExchangeFact | Unobserved, ...]]):
    names: tuple[str, ...]

    async def derive(self) -> tuple[ExchangeFact | Unobserved, ...]:
        return await exchanges(self.names)


@pytest.mark.parametrize("count", [MAX_EXCHANGES, MAX_EXCHANGES + 1])
def test_a_hostile_domain_is_not_followed_without_end(
    answered: Callable[..., Any], count: int
) -> None:
    found = answered(_All(tuple(f"mx{i}.example" for i in range(count))))
    causes = [f.cause for f in found if isinstance(f, Unobserved)]
    assert len(found) == count
    assert causes == ["too-many-exchanges"] * (count - MAX_EXCHANGES)


@pytest.mark.parametrize("name", ["192.0.2.1", "[192.0.2.1]", "2001:db8::1", "[ipv6:2001:db8::1]"])
def test_a_name_that_spells_an_address(name: str) -> None:
    assert literal(name) is not None


@pytest.mark.parametrize("name", ["192.0.2.1.example", "mx1", "1.2.3", "256.0.0.1"])
def test_a_name_that_does_not(name: str) -> None:
    assert literal(name) is None
