"""Queries outstanding on one connection: octets in, answers out."""

from __future__ import annotations

from itertools import count

import pytest

from mailcheck.probes.dns.streams.pipeline import Pipeline, framed
from mailcheck.probes.dns.wire.query import Query

A, B = (Query(name, "MX", recursive=True) for name in ("a.example", "b.example"))
UNASKED = b"\xff\xff"


def answer(own: bytes, query: Query) -> bytes:
    return own + b"\x81\x80" + query.wire[2:]


def two() -> tuple[Pipeline[str], bytes, bytes]:
    """A pipeline with two queries, and their ids."""
    numbers = count()
    pipeline: Pipeline[str] = Pipeline(ids=lambda: next(numbers).to_bytes(2, "big"))
    first, _ = pipeline.add(A, "a")
    second, _ = pipeline.add(B, "b")
    return pipeline, first, second


def test_each_query_stands_behind_its_length_under_an_id_of_its_own() -> None:
    pipeline: Pipeline[str] = Pipeline(ids=iter([b"xy", b"xy", b"zz"]).__next__)
    assert pipeline.add(A, "a") == (b"xy", framed(b"xy" + A.wire))
    assert pipeline.add(B, "b") == (b"zz", framed(b"zz" + B.wire))


@pytest.mark.parametrize("size", [1, 3, 1000], ids=["by octets", "in pieces", "at once"])
def test_answers_come_in_any_order_and_in_any_pieces(size: int) -> None:
    pipeline, first, second = two()
    answers = [answer(second, B), answer(first, A)]
    octets = b"".join(map(framed, answers))
    told = []
    for at in range(0, len(octets), size):
        told += pipeline.take_in(octets[at : at + size])[0]
    assert told == [("b", answers[0]), ("a", answers[1])]
    assert not pipeline.pending


def test_the_longest_message_there_can_be_is_taken() -> None:
    pipeline, first, _ = two()
    longest = answer(first, A).ljust(65535, b"x")
    assert pipeline.take_in(framed(longest)) == ([("a", longest)], True)


@pytest.mark.parametrize(
    "stray",
    [
        pytest.param(answer(UNASKED, A), id="an id nobody asked under"),
        pytest.param(b"", id="an empty message"),
        pytest.param(b"x", id="half an id"),
    ],
)
def test_strays_are_passed_over_and_are_no_sign_of_life(stray: bytes) -> None:
    pipeline, first, _ = two()
    assert pipeline.take_in(framed(stray)) == ([], False)
    assert pipeline.take_in(framed(answer(first, A)))[0] == [("a", answer(first, A))]


def test_another_question_under_an_id_is_told_to_whom_that_belongs_only() -> None:
    pipeline, first, second = two()
    octets = framed(answer(first, B)) + framed(answer(second, B))
    assert pipeline.take_in(octets)[0] == [("a", None), ("b", answer(second, B))]


def test_what_comes_too_late_or_twice_answers_nobody_else() -> None:
    numbers = iter([0, 0, 1, 0, 2])
    pipeline: Pipeline[str] = Pipeline(ids=lambda: next(numbers).to_bytes(2, "big"))
    late, _ = pipeline.add(A, "late")
    pipeline.forget(late)
    twice, _ = pipeline.add(A, "twice")
    pipeline.take_in(framed(answer(twice, A)))
    third, _ = pipeline.add(B, "third")
    assert len({late, twice, third}) == 3
    again = framed(answer(late, A)) + framed(answer(twice, A))
    assert pipeline.take_in(again) == ([], True)
    assert list(pipeline.pending) == [third]


def test_it_takes_so_many_queries_and_no_more() -> None:
    pipeline: Pipeline[str] = Pipeline(most=1)
    assert not pipeline.is_spent
    own, _ = pipeline.add(A, "a")
    pipeline.take_in(framed(answer(own, A)))
    assert pipeline.is_spent
