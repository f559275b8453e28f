"""The JUnit file: one ``<testsuite>`` per suite document, one ``<testcase>`` per requirement.

Built with the junit-xml package, then repaired, because the Jenkins xunit plugin drops a whole
file that its schema (junit-10.xsd) refuses: junit-xml 1.9 writes ``disabled``, writes sums of
seconds like ``1e-05``, leaves out a time of zero, and turns U+FFFE and lone surrogates into
character references that no XML parser reads. The schema also refuses ``file`` and ``line`` on a
``<testcase>``, so the place is the first line of its ``<system-out>``.
"""

from __future__ import annotations

import os
import re
import stat
import xml.etree.ElementTree as ET
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import junit_xml

from mailcheck.errors import UsageError
from mailcheck.evidence import visible
from mailcheck.report.record import is_an_error, place_of, settled
from mailcheck.report.text import LONGEST, evidence_lines, failure_text, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mailcheck.report.record import Record

Element: TypeAlias = Literal["", "failure", "error", "skipped"]
"""What stands in a testcase; nothing if the requirement is met."""

_ELEMENTS: dict[str, Element] = {"error": "error", "fail": "failure", "skip": "skipped"}

_FORBIDDEN = re.compile(
    # XML 1.0 §2.2, and the C1 controls, which it only discourages but no terminal should get.
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


def write_junit(
    path: Path,
    records: Iterable[Record],
    run_properties: Mapping[str, str],
    *,
    file_line: bool = False,
    inconclusive: Literal["error", "fail", "skip"] = "error",
    not_evaluated: Literal["skip", "fail"] = "skip",
) -> None:
    """Write *records* to *path*, whole or not at all; its folder is made if need be.

    ``run_properties`` stand on every suite. ``file_line`` adds the attributes GitLab reads and
    Jenkins refuses. ``inconclusive`` and ``not_evaluated`` are the run's policies.

    Raises:
        UsageError: if the file cannot be written.
    """
    ordered = settled(records)
    mapping: dict[str, Element] = {
        "met": "",
        "unmet": "failure",
        "inconclusive": _ELEMENTS[inconclusive],
        "not evaluated": _ELEMENTS[not_evaluated],
    }
    suites = [
        junit_xml.TestSuite(
            _legal(block or suite),
            [_case(record, mapping) for record in group],
            properties={_legal(k): _legal(v) for k, v in run_properties.items()},
        )
        for (suite, block), group in groupby(ordered, key=lambda r: (r["suite"], r["block"]))
    ]
    built = junit_xml.to_xml_report_string(suites, prettyprint=False)
    root = ET.fromstring(built)  # noqa: S314  written a line above, without entities
    _repair(root, ordered, file_line=file_line)
    _write(path, root)


def _element_of(record: Record, mapping: Mapping[str, Element]) -> Element:
    if is_an_error(record):
        return "error"
    return "skipped" if record["excused"] else mapping[record["verdict"]]


def _case(record: Record, mapping: Mapping[str, Element]) -> Any:
    case = junit_xml.TestCase(
        _legal(record["title"]),
        classname=_legal(record["suite"].replace("/", ".")),
        stdout=_legal(_system_out(record)),
    )
    said, text, kind = _legal(_message(record)), _legal(failure_text(record)), _type(record)
    match _element_of(record, mapping):
        case "failure":
            case.add_failure_info(said, text, kind)
        case "error":
            case.add_error_info(said, text, kind)
        case "skipped":
            case.add_skipped_info(said, text)
    return case


def _type(record: Record) -> str:
    tags = record["tags"] if record["verdict"] == "unmet" else []
    return _legal((tags or [record["cause"]])[0] or record["verdict"])


def _message(record: Record) -> str:
    excused = f" ({record['excused']})" if record["excused"] else ""
    return message(record) + excused


def _system_out(record: Record) -> str:
    lines = [place_of(record)]
    if fault := record["at_fault"]:
        lines.append(f"at fault: {fault['file']}:{fault['line']}")
    if record["result"]:
        lines.append(f"result: {record['result']}")
    lines += [f"advice {a['tag']}: {a['text']}" for a in record["advice"]]
    lines += evidence_lines(record)
    if record["sources"]:
        lines.append(f"sources: {', '.join(record['sources'])}")
    return "\n".join(visible(line, LONGEST) for line in lines)


def _repair(root: ET.Element, records: list[Record], *, file_line: bool) -> None:
    """Bring what junit-xml wrote to what the schema takes. Cases stand in the order of records."""
    for case, record in zip(root.iter("testcase"), records, strict=True):
        case.set("time", _seconds(record["seconds"]))
        for skipped in case.iter("skipped"):
            skipped.set("type", _type(record))
        if file_line:
            fault = record["at_fault"]
            case.set("file", _legal(fault["file"] if fault else record["suite"]))
            case.set("line", str(fault["line"] if fault else record["line"]))
    remaining = iter(records)
    for suite in root.iter("testsuite"):
        own = [next(remaining) for _ in suite.iter("testcase")]
        suite.set("time", _seconds(sum(record["seconds"] for record in own)))
    root.set("time", _seconds(sum(record["seconds"] for record in records)))
    for name in ("tests", "failures", "errors"):  # junit-xml leaves them out if there is no suite
        root.set(name, root.get(name, "0"))
    for element in root.iter():
        element.attrib.pop("disabled", None)
    ET.indent(root)


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"


def _legal(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _write(path: Path, root: ET.Element) -> None:
    content = ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
    try:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        if _is_special(target):
            target.write_bytes(content)
        else:
            _replace(target, content)
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a NUL in the name
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise UsageError(
            f"the JUnit file {path} cannot be written: {reason}; "
            "give a file in a folder that can be written"
        ) from error


def _is_special(target: Path) -> bool:
    """Whether a pipe or a device stands at *target*: what would be lost if it were replaced."""
    try:
        return not stat.S_ISREG(target.stat().st_mode)
    except OSError:  # nothing there, or a name that will fail again when it is written
        return False


def _replace(target: Path, content: bytes) -> None:
    """Write beside *target* and put it in its place, so that no reader meets half a file."""
    beside = target.with_name(f".mailcheck-{os.getpid()}.tmp")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
