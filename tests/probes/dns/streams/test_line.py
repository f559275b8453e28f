"""Whose turn it is to have a stream."""

from __future__ import annotations

from mailcheck.facts.dns import name_server
from mailcheck.probes.dns.streams.line import PIPELINED, REST, TCP, Asked, Limits, Line
from mailcheck.probes.dns.wire.query import Query

QUERY = Query("example.com", "MX", recursive=True)
A, B = ("192.0.2.1", 53), ("192.0.2.2", 53)


def asked(endpoint: tuple[str, int], since: float = 0.0) -> Asked:
    return Asked(QUERY, name_server(endpoint[0]), endpoint, 5.0, lambda _: None, since)


def taken(line: Line, now: float = 0.0) -> list[Asked]:
    """Everything that may have a stream at once."""
    return list(iter(lambda: line.take(now), None))


def test_endpoints_take_turns_and_none_has_more_than_a_few() -> None:
    line = Line(TCP)
    for endpoint in [A] * 10 + [B] * 2:
        line.add(asked(endpoint))
    order = [one.endpoint for one in taken(line)]
    assert order == [A, B, A, B, *[A] * (TCP.at_one - 2)]


def test_where_streams_stall_nobody_waits_and_later_it_is_tried_again() -> None:
    line = Line(TCP)
    for _ in range(6):
        line.add(asked(A))
    for one in taken(line)[: TCP.stalls]:
        line.ended(one, 5.0, in_time=False)
    assert len(line.expired(5.0)) == 6 - TCP.at_one
    line.add(asked(A, 6.0))
    assert taken(line, 6.0) == []
    assert len(line.expired(6.0)) == 1
    line.add(asked(A, 5.0 + REST))
    assert len(taken(line, 5.0 + REST)) == 1


def test_nobody_waits_longer_than_its_patience_unless_the_server_answers() -> None:
    line = Line(TCP)
    for _ in range(TCP.at_one + 2):
        line.add(asked(A))
    first, *_ = taken(line)
    line.ended(first, 4.0, in_time=True)
    assert len(taken(line, 4.0)) == 1
    assert line.expired(8.9) == []
    assert len(line.expired(9.0)) == 1


def test_what_could_not_use_its_stream_comes_first() -> None:
    line = Line(TCP)
    first, second = asked(A), asked(A, 1.0)
    line.add(first)
    line.add(second)
    assert line.take(0.0) is first
    line.put_back(first, 0.0)
    assert taken(line) == [first, second]


def test_all_endpoints_together_have_no_more_than_there_may_be() -> None:
    line = Line(Limits(at_one=2, at_once=3, stalls=None))
    for endpoint in [A] * 2 + [B] * 2:
        line.add(asked(endpoint))
    first, *others = taken(line)
    assert len(others) == 2
    line.ended(first, 0.0, in_time=True)
    assert len(taken(line)) == 1


def test_at_a_resolver_slow_names_give_up_nobody_else() -> None:
    line = Line(PIPELINED)
    for _ in range(PIPELINED.at_one + 2):
        line.add(asked(A, 1.0))
    slow = taken(line, 1.0)
    for one in slow[:10]:
        line.ended(one, 5.0, in_time=False)
    assert line.expired(5.0) == []
    assert [one.queued for one in taken(line, 5.0)] == [4.0, 4.0]


def test_a_server_is_asked_no_more_at_a_time_than_it_has_shown_to_take() -> None:
    line = Line(PIPELINED)
    line.limit(A, 2, 0.0)
    for _ in range(9):
        line.add(asked(A))
    assert len(taken(line)) == 2
    line.limit(A, 5, 0.0)
    assert len(taken(line)) == 3
    line.limit(A, 10**6, 0.0)
    assert len(taken(line)) == 4
