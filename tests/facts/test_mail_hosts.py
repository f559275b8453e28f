"""What MX records say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.facts.dns import told
from mailcheck.facts.mail_hosts import MailHost, MailHosts, MailHostsFact, mx_record
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("said", "hosts", "null", "null_only"),
    [
        pytest.param(
            "20 b.example. | 10 C.example. | 10 a.example.",
            ((10, "a.example"), (10, "c.example"), (20, "b.example")),
            False,
            False,
            id="by preference, then name",
        ),
        pytest.param("0 .", (), True, True, id="the null MX"),
        pytest.param("10 .", (), True, False, id="null with another preference"),
        pytest.param(
            "0 . | 10 a.example.", ((10, "a.example"),), True, False, id="null beside a real one"
        ),
        pytest.param("0 . | 1 .", (), True, False, id="two nulls"),
        pytest.param(
            "10 a.example. | 20 A.example.",
            ((10, "a.example"), (20, "a.example")),
            False,
            False,
            id="one exchange twice",
        ),
        pytest.param("NODATA", (), False, False, id="none"),
        pytest.param(
            "-> b.example | 10 a.example.", ((10, "a.example"),), False, False, id="alias"
        ),
        pytest.param("10 192.0.2.1.", ((10, "192.0.2.1"),), False, False, id="an address"),
    ],
)
def test_exchanges_are_read_from_the_records(
    answered: Callable[..., Any],
    said: str,
    hosts: tuple[tuple[int, str], ...],
    null: bool,  # noqa: FBT001  a column of the table
    null_only: bool,  # noqa: FBT001  a column of the table
) -> None:
    fact = answered(MailHosts("d.example"), told("d.example MX", said))
    assert isinstance(fact, MailHostsFact)
    assert fact.hosts == tuple(MailHost(*host) for host in hosts)
    assert (fact.null, fact.null_only) == (null, null_only)


def test_nothing_but_mx_is_asked(answered: Callable[..., Any]) -> None:
    """The hosts' own addresses are unknown here, and it does not matter."""
    fact = answered(MailHosts("d.example"), told("d.example MX", "10 a.example."))
    assert isinstance(fact, MailHostsFact)


def test_a_failure_stays_a_failure(answered: Callable[..., Any]) -> None:
    fact = answered(MailHosts("d.example"), told("d.example MX", "TIMEOUT"))
    assert isinstance(fact, Unobserved)
    assert fact.cause == "timeout"


def test_a_record_is_ready_to_paste() -> None:
    assert mx_record("d.example", 20, "mx2") == "d.example.  3600  IN  MX  20 mx2.d.example."


@pytest.mark.parametrize(
    ("said", "records"),
    [
        pytest.param(
            "10 a.example. | 20 b.example. | 30 a.example.",
            ("d.example.  3600  IN  MX  10 c.example.", "d.example.  3600  IN  MX  30 c.example."),
            id="at each of its preferences",
        ),
        pytest.param(
            "-> e.example | 10 a.example.",
            ("e.example.  3600  IN  MX  10 c.example.",),
            id="where the records stand, if the domain is an alias",
        ),
        pytest.param("10 b.example.", (), id="not named"),
    ],
)
def test_another_host_takes_the_place_of_an_exchange(
    answered: Callable[..., Any], said: str, records: tuple[str, ...]
) -> None:
    fact = answered(MailHosts("d.example"), told("d.example MX", said))
    assert fact.renamed("a.example", "c.example") == records
