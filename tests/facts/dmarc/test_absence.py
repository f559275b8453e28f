"""How a domain has no record; the tables are with the sentences that say so."""

from __future__ import annotations

from mailcheck.facts.change.given_back import REMOVED
from mailcheck.facts.dmarc.absence import in_place, remedy_of_no_record
from mailcheck.facts.misplaced import ALIAS
from mailcheck.finding import Reason

RECORD = '_dmarc.example.com.  3600  IN  TXT  "v=DMARC1; p=none; rua=mailto:dmarc@example.com"'


def test_the_first_record_is_shown() -> None:
    remedy = remedy_of_no_record("example.com", Reason("no-record", ""))
    assert remedy is not None
    assert remedy.publish == (RECORD,)


def test_no_record_stands_beside_an_alias() -> None:
    remedy = remedy_of_no_record("example.com", Reason("no-record", "", ALIAS))
    assert remedy is not None
    assert remedy.instruction.startswith("In place of its CNAME record")


def test_what_a_change_takes_away_comes_back() -> None:
    remedy = remedy_of_no_record("example.com", Reason("no-record", "", REMOVED, (RECORD,)))
    assert remedy is not None
    assert (remedy.publish, "takes this away" in remedy.instruction) == ((RECORD,), True)


def test_records_above_the_domain_are_put_together_where_they_stand() -> None:
    reason = Reason("several-records", "", "example.com", (RECORD,))
    remedy = remedy_of_no_record("news.example.com", reason, "reject")
    assert remedy is not None
    assert (remedy.publish, "p=reject" in remedy.instruction) == ((RECORD,), False)


def test_no_second_record_beside_the_first() -> None:
    several = Reason("several-records", "", "example.com", (RECORD,))
    remedy = remedy_of_no_record("example.com", several)
    assert remedy is not None
    assert "in place of all" in remedy.instruction


def test_what_takes_effect_is_said() -> None:
    acting = RECORD.replace("none", "reject")
    for tag in ("several-records", "not-a-record", "wrong-place"):
        remedy = remedy_of_no_record("example.com", Reason(tag, "", "example.com", (acting,)))
        assert remedy is not None
        assert remedy.publish == (acting,)
        assert remedy.instruction.endswith("so align all senders first:")


def test_other_reasons_are_not_for_here() -> None:
    assert remedy_of_no_record("example.com", Reason("weaker-policy", "")) is None


def test_a_record_that_is_too_long_to_show() -> None:
    assert "v=DMARC1, then p" in in_place(Reason("syntax-error", "")).instruction
