"""Old copies that a resolver still serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.message
import pytest

from mailcheck.lab.description import StaleZone
from mailcheck.lab.stale import StaleCopies

if TYPE_CHECKING:
    from tests.lab.conftest import MakeZone


@pytest.mark.parametrize(
    ("ttl_left", "ttl"),
    [pytest.param(77, 77, id="the TTL that is left"), pytest.param(None, 3600, id="as written")],
)
def test_the_old_copy_is_served(make_zone: MakeZone, ttl_left: int | None, ttl: int) -> None:
    """With the time it has left, answer after answer; the zone itself stays as it is."""
    zone = make_zone("example.com", "@ MX 10 old\n")
    copies = StaleCopies([StaleZone(zone, ttl_left)])
    query = dns.message.make_query("example.com", "MX")
    for _ in range(2):
        reply = copies.answer(query)
        assert reply is not None
        assert [(ttl, "10 old.example.com.")] == [(r.ttl, str(r[0])) for r in reply.answer]
    assert zone.apex_ns().ttl == 3600


def test_a_denial_is_as_old_as_an_answer(make_zone: MakeZone) -> None:
    """The SOA of an old negative answer carries the time left too."""
    copies = StaleCopies([StaleZone(make_zone("example.com", ""), 77)])
    reply = copies.answer(dns.message.make_query("no.example.com", "MX"))
    assert reply is not None
    assert [rrset.ttl for rrset in reply.authority] == [77]


def test_the_deepest_copy_answers_and_none_for_other_names(make_zone: MakeZone) -> None:
    """Whatever the order in which they are declared."""
    outer = StaleZone(make_zone("com", "example A 192.0.2.1\n"))
    inner = StaleZone(make_zone("example.com", "@ A 192.0.2.2\n"))
    for copies in (StaleCopies([outer, inner]), StaleCopies([inner, outer])):
        reply = copies.answer(dns.message.make_query("example.com", "A"))
        assert reply is not None
        assert str(reply.answer[0][0]) == "192.0.2.2"
        assert copies.answer(dns.message.make_query("example.net", "A")) is None
