"""What a verdict looks like as text, compared whole."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.errors import Place, Problem
from mailcheck.evidence import Evidence
from mailcheck.finding import Advice, Reason, Remedy
from mailcheck.report.columns import columns
from mailcheck.report.stand_ins import broken_suite
from mailcheck.report.text import failure_text, headline, junit_text, message
from mailcheck.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.report.record import Record

    MakeRecord = Callable[..., Record]

FROM_NS1 = "authoritative, from ns1.example.com (192.0.2.53), 3 ms"
FALLS_BACK = (
    "Senders fall back to the address record (RFC 5321 §5.1); many refuse to send or to accept "
    'mail from such a domain: "550 5.4.4 ... host not found".'
)
NO_MX = Verdict(
    "unmet",
    reasons=(Reason("no-mx", "tour.example.com has no MX record"),),
    evidence=(
        Evidence("tour.example.com MX", "NODATA", FROM_NS1, "dig @192.0.2.53 tour.example.com MX"),
        Evidence("tour.example.com A", "203.0.113.80"),
    ),
    matters=(FALLS_BACK,),
    remedies=(
        Remedy(
            ("tour.example.com.  3600  IN  MX  10 mail.example.com.",),
            "With the name of the host that takes the mail:",
        ),
    ),
)


def lines(text: str) -> str:
    return dedent(text).strip("\n")


def test_unmet_with_a_record_to_publish(record: MakeRecord) -> None:
    """One line that says it; seen, matters, publish, try below."""
    assert failure_text(record(NO_MX)) == lines(
        """
suites/tour.yml:9:5  domain tour.example.com has MX                                     unmet: no-mx
  found     tour.example.com has no MX record
  seen      tour.example.com MX → NODATA, authoritative, from ns1.example.com (192.0.2.53), 3 ms
            tour.example.com A  → 203.0.113.80
  matters   Senders fall back to the address record (RFC 5321 §5.1); many refuse to send or to
            accept mail from such a domain: "550 5.4.4 ... host not found".
  publish   With the name of the host that takes the mail:
            tour.example.com.  3600  IN  MX  10 mail.example.com.
  try       dig @192.0.2.53 tour.example.com MX
"""
    )


def test_several_reasons_say_which_is_which(record: MakeRecord) -> None:
    """Tags stand before texts once there are two; an instruction without records is to be done."""
    verdict = Verdict(
        "unmet",
        reasons=(
            Reason("alias", "mx1.example.com is an alias of www.example.net"),
            Reason("no-address", "mx2.example.com has neither A nor AAAA"),
        ),
        advice=(Advice("one-network", "both exchanges stand in 203.0.113.0/24"),),
        matters=("Some senders refuse an alias.", "Mail for it waits, then bounces."),
        remedies=(
            Remedy(instruction="Point the MX record at www.example.net itself."),
            Remedy(("mx2.example.com.  3600  IN  A  203.0.113.26",)),
        ),
    )
    given = record(verdict, title="MX hosts of example.com resolve", note="see the wiki, Mail")
    assert failure_text(given) == lines(
        """
suites/tour.yml:9:5  MX hosts of example.com resolve                        unmet: alias, no-address
  found     alias: mx1.example.com is an alias of www.example.net
            no-address: mx2.example.com has neither A nor AAAA
  matters   alias: Some senders refuse an alias.
            no-address: Mail for it waits, then bounces.
  do        Point the MX record at www.example.net itself.
  publish   mx2.example.com.  3600  IN  A  203.0.113.26
  advice    one-network: both exchanges stand in 203.0.113.0/24
  note      see the wiki, Mail
"""
    )


def test_inconclusive_says_what_it_means(record: MakeRecord) -> None:
    """Cause, meaning, what was seen, what to do, how to see it."""
    verdict = Verdict(
        "inconclusive",
        cause="timeout",
        text="no resolver answered within 5 s; this says nothing about the domain",
        evidence=(
            Evidence(
                "tour.example.com MX",
                "TIMEOUT",
                "from 192.0.2.1, 5000 ms, 3 tries",
                "dig @192.0.2.1 tour.example.com MX",
            ),
        ),
    )
    assert failure_text(record(verdict)) == lines(
        """
suites/tour.yml:9:5  domain tour.example.com has MX                            inconclusive: timeout
  means     no resolver answered within 5 s; this says nothing about the domain
  seen      tour.example.com MX → TIMEOUT, from 192.0.2.1, 5000 ms, 3 tries
  do        Try the command that is shown. Where it works elsewhere, a firewall stands between; for
            port 25 most networks have one. What connects and says nothing is overloaded, or broken:
            see its log.
  try       dig @192.0.2.1 tour.example.com MX
"""
    )


def test_inconclusive_without_a_text_still_says_that_it_is_no_answer(record: MakeRecord) -> None:
    """A cause alone could be taken for a no."""
    assert failure_text(record(Verdict("inconclusive", cause="servfail"))) == lines(
        """
suites/tour.yml:9:5  domain tour.example.com has MX                           inconclusive: servfail
  means     this is neither a yes nor a no: it was asked, and no usable answer came
  do        Ask the servers of the zone themselves (`--mail-resolver authoritative`), and look
            whether its DNSSEC signatures are valid and its secondaries up to date.
"""
    )


def test_not_evaluated_says_why(record: MakeRecord) -> None:
    """What this vantage cannot ask."""
    verdict = Verdict("not evaluated", cause="port-closed-here", text="port 25 is closed here")
    assert failure_text(record(verdict)) == lines(
        """
suites/tour.yml:9:5  domain tour.example.com has MX                  not evaluated: port-closed-here
  means     port 25 is closed here
"""
    )


def test_an_expectation_that_was_not_met(record: MakeRecord) -> None:
    """Expected and found stand side by side, and what was found is said."""
    verdict = Verdict(
        "unmet",
        reasons=(
            Reason("unexpected", "expected no-mx, found null-mx"),
            Reason("null-mx", "tour.example.com publishes the null MX"),
        ),
        text="expected no-mx, found null-mx",
        evidence=(Evidence("tour.example.com MX", "0 .", "TTL 3600"),),
    )
    assert failure_text(record(verdict)) == lines(
        """
suites/tour.yml:9:5  domain tour.example.com has MX                       unmet: unexpected, null-mx
  expected  no-mx, found null-mx
  found     null-mx: tour.example.com publishes the null MX
  seen      tour.example.com MX → 0 ., TTL 3600
"""
    )


def test_an_expired_waiver_fails_by_name(record: MakeRecord) -> None:
    """Whose it was, and until when."""
    expired = "expired: waiver of net-ops (ISP ticket 1234) until 2026-01-31"
    verdict = Verdict(
        "unmet", reasons=(Reason("no-ptr", "no PTR"), Reason("waiver-expired", expired))
    )
    assert failure_text(record(verdict)) == lines(
        """
suites/tour.yml:9:5  domain tour.example.com has MX                    unmet: no-ptr, waiver-expired
  found     no PTR
  waiver    expired: waiver of net-ops (ISP ticket 1234) until 2026-01-31
"""
    )


def test_what_is_excused_says_so(record: MakeRecord) -> None:
    """With what there is to know about the waiver."""
    verdict = Verdict(
        "unmet",
        reasons=(Reason("no-ptr", "no PTR"),),
        excused="waived by net-ops: ISP ticket 1234",
        waiver="ends in 3 days: waiver of net-ops (ISP ticket 1234) until 2026-01-31",
    )
    assert failure_text(record(verdict)) == lines(
        """
suites/tour.yml:9:5  domain tour.example.com has MX                                    unmet: no-ptr
  found     no PTR
  excused   waived by net-ops: ISP ticket 1234
  waiver    ends in 3 days: waiver of net-ops (ISP ticket 1234) until 2026-01-31
"""
    )


def test_met_shows_what_it_rests_on(record: MakeRecord) -> None:
    """The text is also what a Verdict of the fixture shows."""
    verdict = Verdict("met", evidence=(Evidence("tour.example.com MX", "10 mail.example.com."),))
    assert failure_text(record(verdict)) == lines(
        """
suites/tour.yml:9:5  domain tour.example.com has MX                                              met
  seen      tour.example.com MX → 10 mail.example.com.
"""
    )


def test_a_crash_shows_its_traceback(record: MakeRecord) -> None:
    """Each line marked, so that it is not taken for evidence."""
    where = "Traceback (most recent call last):\n  File x\nboom\x1b[2J\n"
    verdict = Verdict("inconclusive", cause="check-crashed", text="boom", traceback=where)
    assert failure_text(record(verdict)) == lines(
        r"""
suites/tour.yml:9:5  domain tour.example.com has MX                      inconclusive: check-crashed
  means     boom
  do        Report it, with the traceback: no suite can bring it about.
  | Traceback (most recent call last):
  |   File x
  | boom\x1b[2J
"""
    )


def test_a_broken_suite_shows_its_problems_as_they_are() -> None:
    """What is ready to paste keeps its lines."""
    problem = Problem(Place("suites/x.yml", 7, 5), "this item is a mapping", 'write\n  - "a: b"')
    assert junit_text(broken_suite("suites/x.yml", [problem])) == lines(
        """
suite-error
suites/x.yml:7:5  suite can be read                                                      suite-error
  suites/x.yml:7:5: this item is a mapping; write
    - "a: b"
"""
    )


def test_wide_letters_are_aligned_by_the_columns_they_take(record: MakeRecord) -> None:
    """The verdict ends at the same column, and the arrows stand below each other."""
    verdict = Verdict(
        "unmet",
        reasons=(Reason("no-mx", "no MX record"),),
        evidence=(Evidence("후이즈검색.한국 MX", "NODATA"), Evidence("example.com MX", "10 a.")),
    )
    text = failure_text(record(verdict, title="domain 후이즈검색.한국 has MX"))
    first, _, seen, other = text.splitlines()
    assert columns(first) == 100
    assert seen == "  seen      후이즈검색.한국 MX → NODATA"
    assert other == "            example.com MX     → 10 a."


@pytest.mark.parametrize("width", [40, 100, 200])
def test_what_will_be_copied_is_never_wrapped(record: MakeRecord, width: int) -> None:
    """Evidence, records and commands stand on one line, however long."""
    long = " ".join(["v=DKIM1; p=" + "A" * 60] * 4)
    verdict = Verdict(
        "unmet",
        reasons=(Reason("no-key", "no key"),),
        evidence=(Evidence("k._domainkey.example.com TXT", long, "", f"dig {long}"),),
        remedies=(Remedy((f'k._domainkey.example.com.  IN  TXT  "{long}"',)),),
    )
    shown = failure_text(record(verdict), width=width).splitlines()
    assert f"  seen      k._domainkey.example.com TXT → {long}" in shown
    assert f'  publish   k._domainkey.example.com.  IN  TXT  "{long}"' in shown
    assert f"  try       dig {long}" in shown


def test_a_title_that_leaves_no_room_keeps_two_spaces(record: MakeRecord) -> None:
    """The verdict always ends the first line."""
    first = failure_text(record(NO_MX, title="t" * 120)).splitlines()[0]
    assert first == f"suites/tour.yml:9:5  {'t' * 120}  unmet: no-mx"


def test_one_long_subject_does_not_push_the_others_to_the_right(record: MakeRecord) -> None:
    """Arrows are aligned with those of subjects of ordinary length."""
    seen = (Evidence("x" * 80, "a"), Evidence("short A", "b"), Evidence("longer AAAA", "c"))
    text = failure_text(record(Verdict("met", evidence=seen)))
    assert text.splitlines()[1:] == [
        f"  seen      {'x' * 80} → a",
        "            short A     → b",
        "            longer AAAA → c",
    ]


def test_long_evidence_shows_what_bears_on_the_verdict(record: MakeRecord) -> None:
    """In the order it was seen, with a count of the rest."""
    seen = tuple(Evidence(f"mx{i}.example.com A", f"192.0.2.{i}") for i in range(20))
    seen += (Evidence("bad.example.com A", "NXDOMAIN"),)
    reasons = (Reason("no-address", "bad.example.com does not exist"),)
    shown = failure_text(record(Verdict("unmet", reasons=reasons, evidence=seen))).splitlines()
    assert shown[2] == "  seen      mx0.example.com A  → 192.0.2.0"
    assert shown[12] == "            mx10.example.com A → 192.0.2.10"
    assert shown[13] == "            bad.example.com A  → NXDOMAIN"
    assert shown[14] == "            … and 9 more, all in --mail-junit and check --json"
    assert len(shown) == 15


def test_the_way_to_an_answer_is_shown_behind_it_and_first_left_out(record: MakeRecord) -> None:
    way = tuple(Evidence(f"z{i}.example NS", f"referral for z{i}.example") for i in range(12))
    seen = (*way, Evidence("example.com MX", "NODATA"))
    shown = failure_text(record(Verdict("met", evidence=seen))).splitlines()
    assert shown[1] == "  seen      example.com MX → NODATA"
    assert shown[2] == "            z0.example NS  → referral for z0.example"
    assert shown[13] == "            … and 1 more, all in --mail-junit and check --json"
    assert len(shown) == 14


def test_twelve_lines_of_evidence_are_shown_whole(record: MakeRecord) -> None:
    """The limit is inclusive."""
    seen = tuple(Evidence(f"mx{i}.example.com A", "x") for i in range(12))
    assert "more" not in failure_text(record(Verdict("met", evidence=seen)))


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        pytest.param(Verdict("met"), "met", id="met"),
        pytest.param(NO_MX, "unmet: no-mx", id="unmet"),
        pytest.param(
            Verdict("inconclusive", cause="timeout"), "inconclusive: timeout", id="inconclusive"
        ),
        pytest.param(
            Verdict("not evaluated", cause="no-ipv6"), "not evaluated: no-ipv6", id="not evaluated"
        ),
    ],
)
def test_the_junit_text_begins_with_the_headline(
    record: MakeRecord, verdict: Verdict, expected: str
) -> None:
    """pytest's own JUnit file has no type to group by."""
    given = record(verdict)
    assert headline(given) == expected
    assert junit_text(given) == f"{expected}\n{failure_text(given)}"


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        pytest.param(NO_MX, "unmet: no-mx; tour.example.com has no MX record", id="reason"),
        pytest.param(
            Verdict("inconclusive", cause="timeout", text="silence\x07"),
            r"inconclusive: timeout; silence\x07",
            id="text",
        ),
        pytest.param(Verdict("inconclusive", cause="timeout"), "inconclusive: timeout", id="bare"),
    ],
)
def test_the_message_is_one_line(record: MakeRecord, verdict: Verdict, expected: str) -> None:
    """For places that have room for one."""
    assert message(record(verdict)) == expected


def test_a_message_stays_short_however_many_hosts_are_at_fault(record: MakeRecord) -> None:
    """The rest is counted; the text has all of it."""
    reasons = tuple(Reason("no-address", f"mx{i}.example.com: no address") for i in range(100))
    shown = message(record(Verdict("unmet", reasons=reasons)))
    assert shown.startswith("unmet: no-address; mx0.example.com: no address; mx1.example.com")
    assert shown.endswith("… (3007 characters)")


@given(data=st.data(), width=st.integers(20, 120))
def test_no_text_in_a_record_moves_a_cursor_or_forges_a_line(
    data: st.DataObject, any_record: st.SearchStrategy[Record], width: int
) -> None:
    """Every line but the first is indented, and all that is shown is printable."""
    drawn = data.draw(any_record)
    first, *rest = failure_text(drawn, width=width).split("\n")
    assert first.endswith(headline(drawn))
    assert all(line.startswith("  ") for line in rest)
    assert all(line.isprintable() for line in [first, *rest, message(drawn)])


def test_what_was_not_evaluated_says_what_to_do(record: MakeRecord) -> None:
    """Where it is a failure of the run's own choice."""
    shut = Verdict("not evaluated", cause="port-blocked-here", text="port 25 is shut")
    assert "\n  do        Run it from another place" in failure_text(record(shut))


def test_no_line_is_a_command_to_a_runner_of_workflows(record: MakeRecord) -> None:
    """Names are what their servers call them: ``::error::x.example.com`` is one, and twice seen."""
    name = "::stop-commands::x.example.com"
    verdict = Verdict(
        "unmet",
        reasons=(Reason("no-mx", "::error::x"), Reason("no-mx", f"{name} is not there")),
        evidence=(Evidence(f"{name} A", "NODATA"), Evidence(f"{name} AAAA", "##[error]no")),
        remedies=(Remedy((f"{name}.  3600  IN  A  192.0.2.25",), "With its address:"),),
    )
    text = failure_text(record(verdict))
    assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]
    assert text.count(name) == 4
    assert "##[" not in text
