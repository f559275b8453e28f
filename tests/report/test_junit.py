"""The JUnit file: what it says, and that the strictest reader takes it."""

from __future__ import annotations

import os
import stat
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailcheck.errors import Place, Problem, UsageError
from mailcheck.evidence import Evidence
from mailcheck.finding import Advice, Reason
from mailcheck.report.junit import write_junit
from mailcheck.report.stand_ins import broken_suite
from mailcheck.verdict import Verdict
from tests.jenkins import refusals

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.report.record import Record

    MakeRecord = Callable[..., Record]


UNMET = Verdict("unmet", reasons=(Reason("no-mx", "no MX record"), Reason("no-a", "no A record")))
UNKNOWN = Verdict("inconclusive", cause="timeout", text="silence")
WAIVED = Verdict("unmet", reasons=UNMET.reasons, excused="waived by net-ops: ISP ticket 1234")
ADVISED = Verdict("inconclusive", cause="timeout", excused="advised only: timeout")
UNASKED = Verdict("not evaluated", cause="no-ipv6", text="no IPv6 route")


def read(path: Path) -> ET.Element:
    """Return the root of the file."""
    return ET.fromstring(path.read_bytes())


def written(path: Path, records: list[Record], **options: Any) -> ET.Element:
    """Write the file, hold it against the rules of the strictest reader, return its root."""
    write_junit(path, records, options.pop("properties", {}), **options)
    assert refusals(path) == []
    return read(path)


def test_the_whole_file(record: MakeRecord, tmp_path: Path) -> None:
    """One suite per document, one case per requirement, the run's properties on the suite."""
    seen = (Evidence("example.com MX", "10 mail.example.com."),)
    advised = Verdict("met", advice=(Advice("one-mx", "there is one exchange"),), evidence=seen)
    written(
        tmp_path / "report.xml",
        [
            record(UNMET, line=10, seconds=0.0004),
            record(advised, seconds=1.23456, sources=("RFC 5321 §5.1",)),
        ],
        properties={"world": "lab"},
    )
    assert (tmp_path / "report.xml").read_text(encoding="utf-8") == (
        """\
<?xml version='1.0' encoding='utf-8'?>
<testsuites errors="0" failures="1" tests="2" time="1.235">
  <testsuite errors="0" failures="1" name="Tour" skipped="0" tests="2" time="1.235">
    <properties>
      <property name="world" value="lab" />
    </properties>
    <testcase name="domain tour.example.com has MX" classname="suites.tour.yml" time="1.235">
      <system-out>suites/tour.yml:9:5
advice one-mx: there is one exchange
example.com MX → 10 mail.example.com.
sources: RFC 5321 §5.1</system-out>
    </testcase>
    <testcase name="domain tour.example.com has MX" classname="suites.tour.yml" time="0.000">
      <failure type="no-mx" message="unmet: no-mx, no-a; no MX record; no A record">\
suites/tour.yml:10:5  domain tour.example.com has MX                              unmet: no-mx, no-a
  found     no-mx: no MX record
            no-a: no A record</failure>
      <system-out>suites/tour.yml:10:5</system-out>
    </testcase>
  </testsuite>
</testsuites>
"""
    )


@pytest.mark.parametrize(
    ("verdict", "options", "element", "kind", "message"),
    [
        pytest.param(Verdict("met"), {}, None, None, None, id="met"),
        pytest.param(
            UNMET,
            {},
            "failure",
            "no-mx",
            "unmet: no-mx, no-a; no MX record; no A record",
            id="unmet",
        ),
        pytest.param(
            WAIVED,
            {},
            "skipped",
            "no-mx",
            "unmet: no-mx, no-a; no MX record; no A record (waived by net-ops: ISP ticket 1234)",
            id="waived",
        ),
        pytest.param(
            UNKNOWN, {}, "error", "timeout", "inconclusive: timeout; silence", id="inconclusive"
        ),
        pytest.param(
            ADVISED,
            {},
            "skipped",
            "timeout",
            "inconclusive: timeout (advised only: timeout)",
            id="inconclusive, advised",
        ),
        pytest.param(
            UNASKED,
            {},
            "skipped",
            "no-ipv6",
            "not evaluated: no-ipv6; no IPv6 route",
            id="not evaluated",
        ),
        pytest.param(
            UNKNOWN,
            {"inconclusive": "fail"},
            "failure",
            "timeout",
            "inconclusive: timeout; silence",
            id="inconclusive under --mail-inconclusive=fail",
        ),
        pytest.param(
            UNKNOWN,
            {"inconclusive": "skip"},
            "skipped",
            "timeout",
            "inconclusive: timeout; silence",
            id="inconclusive under --mail-inconclusive=skip",
        ),
        pytest.param(
            UNASKED,
            {"not_evaluated": "fail"},
            "failure",
            "no-ipv6",
            "not evaluated: no-ipv6; no IPv6 route",
            id="not evaluated under --mail-not-evaluated=fail",
        ),
    ],
)
def test_each_verdict_has_its_element(
    record: MakeRecord,
    tmp_path: Path,
    *,
    verdict: Verdict,
    options: dict[str, Any],
    element: str | None,
    kind: str | None,
    message: str | None,
) -> None:
    """The element, its type and its message; and the suite counts it."""
    root = written(tmp_path / "report.xml", [record(verdict)], **options)
    (case,) = root.iter("testcase")
    found = [child for child in case if child.tag != "system-out"]
    assert [(c.tag, c.get("type"), c.get("message")) for c in found] == (
        [(element, kind, message)] if element else []
    )
    counted = {"failure": "failures", "error": "errors", "skipped": "skipped"}
    suite = root[0]
    for tag, attribute in counted.items():
        assert suite.get(attribute) == str(int(tag == element))


def test_a_suite_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """Its suite has no title, so its path names it; no policy about verdicts moves it."""
    problem = Problem(Place("suites/x.yml", 7, 5), "unknown key")
    record = broken_suite("suites/x.yml", [problem])
    root = written(tmp_path / "report.xml", [record], inconclusive="skip")
    (case,) = root.iter("testcase")
    assert root[0].get("name") == "suites/x.yml"
    assert case.get("name") == "suite can be read"
    assert (case[0].tag, case[0].get("type")) == ("error", "suite-error")
    assert case[0].get("message") == "suite-error; suites/x.yml:7:5: unknown key"


def test_the_order_of_verdicts_does_not_show(record: MakeRecord, tmp_path: Path) -> None:
    """Workers finish in any order; a rerun replaces; documents stand as in their file."""
    records = [
        record(suite="suites/b.yml", block="B", line=4),
        record(suite="suites/a.yml", block="Zebra", line=4),
        record(suite="suites/a.yml", block="Apple", line=20),
        record(UNKNOWN, suite="suites/a.yml", block="Zebra", line=5),
        record(suite="suites/a.yml", block="Zebra", line=5),
    ]
    one = written(tmp_path / "one.xml", records)
    moved = [records[3], records[2], records[0], records[4], records[1]]
    written(tmp_path / "two.xml", moved)
    assert [suite.get("name") for suite in one] == ["Zebra", "Apple", "B"]
    assert [suite.get("tests") for suite in one] == ["2", "1", "1"]
    assert one.get("errors") == "0"
    assert (tmp_path / "one.xml").read_bytes() == (tmp_path / "two.xml").read_bytes()


def test_file_and_line_are_there_only_if_asked_for(record: MakeRecord, tmp_path: Path) -> None:
    """GitLab reads them; Jenkins refuses them."""
    path = tmp_path / "report.xml"
    (case,) = written(path, [record()]).iter("testcase")
    assert "file" not in case.attrib
    write_junit(path, [record()], {}, file_line=True)
    (case,) = read(path).iter("testcase")
    assert (case.get("file"), case.get("line")) == ("suites/tour.yml", "9")
    assert refusals(path) != []


def test_a_line_of_the_change_that_is_at_fault_is_the_place(
    record: MakeRecord, tmp_path: Path
) -> None:
    """In the text always, in the attributes if they are asked for."""
    path = tmp_path / "report.xml"
    seen = Evidence("a.example MX", "NODATA", "proposed, zones/a", place=Place("zones/a", 3))
    verdict = Verdict("unmet", reasons=UNMET.reasons, evidence=(seen,))
    (case,) = written(path, [record(verdict)]).iter("testcase")
    said = (case.findtext("system-out") or "").splitlines()
    assert said[:2] == ["suites/tour.yml:9:5", "at fault: zones/a:3"]
    write_junit(path, [record(verdict)], {}, file_line=True)
    (case,) = read(path).iter("testcase")
    assert (case.get("file"), case.get("line")) == ("zones/a", "3")


def test_no_records_make_an_empty_file(tmp_path: Path) -> None:
    """A reader that waits for the file finds one."""
    root = written(tmp_path / "report.xml", [])
    assert root.attrib == {"tests": "0", "failures": "0", "errors": "0", "time": "0.000"}


def test_all_evidence_is_in_system_out(record: MakeRecord, tmp_path: Path) -> None:
    """The failure text shows twelve lines and points here."""
    seen = tuple(Evidence(f"mx{i}.example.com A", "NXDOMAIN") for i in range(40))
    verdict = Verdict("unmet", reasons=UNMET.reasons, evidence=seen)
    (case,) = written(tmp_path / "report.xml", [record(verdict)]).iter("testcase")
    assert len((case.findtext("system-out") or "").splitlines()) == 41


def test_a_result_is_in_system_out(record: MakeRecord, tmp_path: Path) -> None:
    """Whatever the verdict is."""
    verdicts = (Verdict("met", result="pass"), Verdict("inconclusive", result="temperror"))
    records = [record(verdict, line=n) for n, verdict in enumerate(verdicts)]
    root = written(tmp_path / "report.xml", records)
    said = [(out.text or "").splitlines()[1] for out in root.iter("system-out")]
    assert said == ["result: pass", "result: temperror"]


@settings(deadline=None)
@given(data=st.data())
def test_any_text_in_any_field_makes_a_valid_file(
    data: st.DataObject,
    any_record: st.SearchStrategy[Record],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Well formed, valid, and one case for each requirement."""
    records = data.draw(st.lists(any_record, max_size=4, unique_by=lambda r: r["line"]))
    names = data.draw(st.dictionaries(st.text(), st.text(st.characters()), max_size=2))
    path = tmp_path_factory.getbasetemp() / "any.xml"
    root = written(path, records, properties=names)
    assert len(list(root.iter("testcase"))) == len(records)


def test_the_folder_is_made_and_the_old_file_replaced(record: MakeRecord, tmp_path: Path) -> None:
    """Nothing else is left in the folder."""
    path = tmp_path / "new" / "folder" / "report.xml"
    written(path, [record()])
    written(path, [record(), record(line=10)])
    assert [file.name for file in path.parent.iterdir()] == ["report.xml"]


def test_a_link_is_followed_not_replaced(record: MakeRecord, tmp_path: Path) -> None:
    """Some CI systems link the report's place to another volume."""
    (tmp_path / "link.xml").symlink_to(tmp_path / "real.xml")
    written(tmp_path / "link.xml", [record()])
    assert (tmp_path / "link.xml").is_symlink()
    assert (tmp_path / "real.xml").is_file()


def test_a_pipe_is_written_to_not_replaced(record: MakeRecord, tmp_path: Path) -> None:
    """Nor is a device: root who discards the report keeps /dev/null."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_junit(pipe, [record()], {})
        assert os.read(reader, 100).startswith(b"<?xml")
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("folder", "Is a directory", id="a folder"),
        pytest.param("file/report.xml", "File exists", id="below a file"),
        pytest.param("n" * 300, "File name too long", id="a name the system refuses"),
        pytest.param("a\0b", "embedded null", id="a NUL"),
    ],
)
def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, name: str, reason: str) -> None:
    """What cannot be written, why, and what to give instead; nothing is left behind."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(UsageError) as caught:
        write_junit(tmp_path / name, [], {})
    assert str(caught.value).startswith(f"the JUnit file {tmp_path / name} cannot be written: ")
    assert reason in str(caught.value)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.parametrize(
    ("report", "why"),
    [
        pytest.param("<testsuites disabled='0'/>", "testsuites has disabled", id="junit-xml 1.9"),
        pytest.param("<testsuite name='a'/>", "testsuite lacks tests", id="without its counts"),
        pytest.param("<testsuites time='1e-05'/>", "testsuites took 1e-05", id="scientific time"),
        pytest.param("<testsuites>x</testsuites>", "testsuites holds text", id="stray text"),
        pytest.param("<testsuites><testcase name='a'/></testsuites>", "stands in", id="misplaced"),
        pytest.param("<report/>", "report is no report", id="something else"),
    ],
)
def test_the_rules_refuse_what_jenkins_refuses(tmp_path: Path, report: str, why: str) -> None:
    (tmp_path / "report.xml").write_text(report, "utf-8")
    assert any(why in refusal for refusal in refusals(tmp_path / "report.xml"))
