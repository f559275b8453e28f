"""Whose turn it is to have a stream."""

from __future__ import annotations

from mailcheck.facts.dns import name_server
from mailcheck.probes.dns.line import AT_ONE, REST, STALLS, Asked, Line
from mailcheck.probes.dns.query import Query

QUERY = Query("example.com", "MX", recursive=True)
A, B = ("192.0.2.1", 53), ("192.0.2.2", 53)


def asked(endpoint: tuple[str, int], since: float = 0.0) -> Asked:
    return Asked(QUERY, name_server(endpoint[0]), endpoint, 5.0, lambda _: None, since)


def taken(line: Line, now: float = 0.0) -> list[Asked]:
    """Everything that may have a stream at once."""
    return list(iter(lambda: line.take(now), None))


def test_endpoints_take_turns_and_none_has_more_than_a_few() -> None:
    line = Line()
    for endpoint in [A] * 10 + [B] * 2:
        line.add(asked(endpoint))
    order = [one.endpoint for one in taken(line)]
    assert order == [A, B, A, B, *[A] * (AT_ONE - 2)]


def test_where_streams_stall_nobody_waits_and_later_it_is_tried_again() -> None:
    line = Line()
    for _ in range(6):
        line.add(asked(A))
    for one in taken(line)[:STALLS]:
        line.ended(one, 5.0, in_time=False)
    assert len(line.expired(5.0)) == 6 - AT_ONE
    line.add(asked(A, 6.0))
    assert taken(line, 6.0) == []
    assert len(line.expired(6.0)) == 1
    line.add(asked(A, 5.0 + REST))
    assert len(taken(line, 5.0 + REST)) == 1


def test_nobody_waits_longer_than_its_patience_unless_the_server_answers() -> None:
    line = Line()
    for _ in range(AT_ONE + 2):
        line.add(asked(A))
    first, *_ = taken(line)
    line.ended(first, 4.0, in_time=True)
    assert len(taken(line, 4.0)) == 1
    assert line.expired(8.9) == []
    assert len(line.expired(9.0)) == 1


def test_what_could_not_use_its_stream_comes_first() -> None:
    line = Line()
    first, second = asked(A), asked(A, 1.0)
    line.add(first)
    line.add(second)
    assert line.take(0.0) is first
    line.put_back(first, 0.0)
    assert taken(line) == [first, second]
