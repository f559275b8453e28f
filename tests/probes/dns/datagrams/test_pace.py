"""How long a server is waited for, and how much is asked of it at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.probes.dns.datagrams.pace import (
    FLOOR,
    INITIAL,
    LARGEST,
    MOST,
    PROOF,
    SMALLEST,
    SPAN,
    START,
    RoundTrip,
    Window,
)


def after(*seconds: float) -> RoundTrip:
    """Return what is known after answers that took so long."""
    known = RoundTrip()
    for took in seconds:
        known.sample(took)
    return known


def test_a_server_not_heard_yet_has_a_fixed_time_that_doubles() -> None:
    waits = [RoundTrip().wait(tries) for tries in range(5)]
    assert waits == [INITIAL, 2 * INITIAL, 4 * INITIAL, MOST, MOST]


def test_the_first_sample_counts_as_rfc_6298_says() -> None:
    """SRTT = R, RTTVAR = R/2, RTO = SRTT + 4 RTTVAR (section 2.2)."""
    assert after(0.1).wait() == pytest.approx(0.3)


def test_later_samples_count_as_rfc_6298_says() -> None:
    """RTTVAR = 3/4 RTTVAR + 1/4 |SRTT - R'|, then SRTT = 7/8 SRTT + 1/8 R' (section 2.3)."""
    variation = 0.75 * 0.05 + 0.25 * 0.1
    mean = 0.875 * 0.1 + 0.125 * 0.2
    assert after(0.1, 0.2).wait() == pytest.approx(mean + 4 * variation)


def test_a_quick_server_is_given_time_to_be_scheduled() -> None:
    assert after(*[0.0001] * 20).wait() == FLOOR


def test_a_resolver_is_given_time_for_what_it_does_not_know_yet() -> None:
    quick = after(*[0.0001] * 20)
    assert [quick.wait(tries, recursive=True) for tries in range(2)] == [INITIAL, 2 * INITIAL]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param("r" * (PROOF - 1), INITIAL, id="a few losses"),
        pytest.param("r" * PROOF, FLOOR, id="many"),
        pytest.param("r" * (PROOF - 1) + "lr", INITIAL, id="something was only late"),
        pytest.param("r" * PROOF + "l", INITIAL, id="and that counts later, too"),
        pytest.param("l" + "r" * PROOF, FLOOR, id="it was long ago"),
        pytest.param("s" * PROOF, INITIAL, id="the second answers were slow as well"),
    ],
)
def test_silence_of_a_resolver_is_loss_where_that_was_proven(events: str, expected: float) -> None:
    known = after(*[0.001] * 20)
    for event in events:
        if event == "l":
            known.was_late()
        else:
            known.was_repeated(0.001 if event == "r" else 0.2)
    assert known.wait(recursive=True) == expected


def test_what_a_resolver_has_to_look_for_does_not_make_the_way_longer() -> None:
    """A query that is lost among cold names is sent again as soon as one among others."""
    mixed = after(*[0.02, 2.0, 0.02, 1.5] * 10)
    assert mixed.wait(recursive=True) == INITIAL
    assert mixed.wait() > INITIAL


@pytest.mark.parametrize(
    "samples",
    [
        pytest.param([1.0] * 20, id="always"),
        pytest.param([0.02] * 50 + [1.0] * 100, id="after a while"),
    ],
)
def test_a_resolver_of_which_nothing_comes_quickly_has_longer(samples: list[float]) -> None:
    assert after(*samples).wait(recursive=True) > 1.0


@given(st.lists(st.floats(0, 100), max_size=30), st.integers(0, 10))
def test_the_wait_has_its_bounds(samples: list[float], tries: int) -> None:
    assert FLOOR <= after(*samples).wait(tries) <= MOST


# ── the window ───────────────────────────────────────────────────────────────────────────────


def round_of(window: Window, *, lost: int = 0, full: bool = True) -> int:
    """Let as many outcomes come as the window has room for; return its size then."""
    size = window.size
    window.full = full
    for _ in range(lost):
        window.lost()
    window.answered(size - lost)
    return window.size


def test_it_doubles_until_the_first_loss_and_no_further_than_its_largest() -> None:
    window = Window()
    assert window.size == START
    assert [round_of(window) for _ in range(4)] == [128, 256, LARGEST, LARGEST]


def test_a_window_nobody_fills_does_not_grow() -> None:
    assert round_of(Window(), full=False) == START


def test_single_losses_are_no_congestion() -> None:
    window = Window()
    assert round_of(window, lost=window.size // 8) == 2 * START


def test_many_losses_halve_it_once_a_round() -> None:
    window = Window()
    assert round_of(window, lost=START) == START // 2
    assert round_of(window, lost=window.size) == START // 4


def test_losses_of_what_was_sent_before_do_not_halve_it_again() -> None:
    """As many as the window had room for are still to come when it is halved."""
    window = Window()
    lost = [START // 4, START // 8, START // 8, 0, START // 8]
    sizes = [round_of(window, lost=count) for count in lost]
    assert sizes == [START // 2] * 3 + [START // 2 + START // 16, START // 4 + START // 32]


def test_a_path_that_loses_as_much_of_half_a_window_is_not_crowded() -> None:
    window = Window()
    sizes = [round_of(window, lost=window.size // 4) for _ in range(8)]
    assert sizes == [32, 32, 32, 32, 64, 128, 256, LARGEST]


def test_more_than_a_path_loses_usually_is_congestion() -> None:
    window = Window()
    for _ in range(7):
        round_of(window, lost=window.size // 4)
    assert round_of(window, lost=window.size * 3 // 8 + 1) == 128


def test_after_a_loss_it_grows_by_an_eighth() -> None:
    window = Window()
    round_of(window, lost=START)
    assert round_of(window) == START // 2 + START // 16


@pytest.mark.parametrize(
    ("largest", "smallest"),
    [
        pytest.param(LARGEST, LARGEST // SPAN, id="a resolver"),
        pytest.param(100, SMALLEST, id="somebody else's server"),
    ],
)
def test_a_dead_server_is_still_asked_now_and_then(largest: int, smallest: int) -> None:
    window = Window(largest)
    for _ in range(500):
        window.lost()
    assert window.size == smallest


def test_a_window_may_be_kept_small() -> None:
    window = Window(largest=10)
    assert [round_of(window) for _ in range(3)] == [10, 10, 10]


@given(st.lists(st.one_of(st.none(), st.integers(1, 200)), max_size=60))
def test_the_window_has_its_bounds(outcomes: list[int | None]) -> None:
    window = Window()
    for answered in outcomes:
        window.full = True
        if answered is None:
            window.lost()
        else:
            window.answered(answered)
        assert SMALLEST <= window.size <= LARGEST
