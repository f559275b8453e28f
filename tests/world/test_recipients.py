"""What a run wants to try is gathered before it asks, and known in every world of it."""

from __future__ import annotations

import pytest

from mailcheck.errors import UsageError
from mailcheck.facts.smtp.envelope import RecipientProbe
from mailcheck.world.recipients import ELSEWHERE, LETTERS, LIMIT, Recipients

POSTMASTER = RecipientProbe("postmaster@example.com", domain="example.com")


def test_probes_are_gathered_once_each_in_their_order() -> None:
    recipients = Recipients(consents=True, elsewhere="me@example.net")
    abuse = RecipientProbe("abuse@example.com", domain="example.com")
    recipients.add((POSTMASTER, abuse))
    recipients.add((POSTMASTER,))
    fact = recipients.fact()
    assert (fact.consents, fact.probes, fact.elsewhere) == (
        True,
        (POSTMASTER, abuse),
        "me@example.net",
    )


def test_nobody_is_somebody_else_in_every_run() -> None:
    names = {Recipients().fact().nobody for _ in range(5)}
    assert len(names) == 5
    assert all(len(name) == LETTERS and name.isalpha() for name in names)


def test_a_lab_needs_no_consent_and_hears_of_what_is_gathered_later() -> None:
    recipients = Recipients()
    lab = recipients.in_a_lab()
    recipients.add((POSTMASTER,))
    assert not recipients.fact().consents
    assert (lab.fact().consents, lab.fact().probes, lab.fact().elsewhere) == (
        True,
        (POSTMASTER,),
        ELSEWHERE,
    )


def test_nobody_is_tried_without_end() -> None:
    """A suite that names its own domain, with MX at somebody else's host, has this limit as well."""
    recipients = Recipients(consents=True)
    many = [RecipientProbe(f"u{n}@example.com", domain="example.com") for n in range(LIMIT + 1)]
    recipients.add(tuple(many[:LIMIT]))
    recipients.add((many[0], RecipientProbe("abuse@example.net", domain="example.net")))
    with pytest.raises(UsageError, match=f"more than {LIMIT} recipients .* example.com"):
        recipients.add((many[LIMIT],))
    assert len(recipients.fact().probes) == LIMIT + 1
