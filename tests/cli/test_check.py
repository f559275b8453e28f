"""``mailcheck check`` judges what it is given, in order, and exits with what it comes to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.standing import standing

from .conftest import MET, SUITE, UNKNOWN, UNMET

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Mailcheck


def lines_of(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.mark.parametrize(
    ("items", "status"),
    [
        pytest.param([MET], 0, id="all met"),
        pytest.param([MET, UNMET], 1, id="one unmet"),
        pytest.param([MET, UNKNOWN], 3, id="one inconclusive"),
        pytest.param([UNMET, UNKNOWN], 1, id="unmet outweighs inconclusive"),
        pytest.param([MET, "domain example.com has MXs"], 2, id="one that cannot be read"),
        pytest.param([UNMET, "domain example.com has MXs"], 2, id="unreadable outweighs unmet"),
        pytest.param(["{domain example.com has MX: {at_least: 2}}"], 1, id="options in braces"),
        pytest.param(["{domain tour.example.com has MX: {expect: no-mx}}"], 0, id="as expected"),
        pytest.param(
            ["{domain tour.example.com has MX: {severity: advised}}"], 0, id="only advised"
        ),
        pytest.param(["missing.yml"], 2, id="a suite that is not there"),
        pytest.param(["lab.yml"], 2, id="a file that is no suite"),
        pytest.param(["domain " + "a" * 5000 + " has MX"], 2, id="a name longer than file names"),
        pytest.param(["--resolver", "nonsense", MET], 2, id="an option that is wrong"),
        pytest.param(["--lab", "missing", MET], 2, id="a lab that is not there"),
        pytest.param(["--no-such-option", MET], 2, id="an option that is none"),
        pytest.param([], 2, id="nothing to judge"),
    ],
)
def test_the_exit_status_says_what_it_comes_to(
    mailcheck: Mailcheck, items: list[str], status: int
) -> None:
    result = mailcheck("check", *items)
    assert status == result.exit_code
    assert (status == 2) == bool(result.stderr)
    assert "Traceback" not in result.output


def test_live_it_says_how_the_resolvers_behave(mailcheck: Mailcheck, tmp_path: Path) -> None:
    with standing(tmp_path) as where:
        resolver = where["192.0.2.1"]
        told = mailcheck("check", "--live", "--resolver", resolver, MET).stdout
        as_json = mailcheck("check", "--json", "--live", "--resolver", resolver, MET).stdout
    host, _, port = resolver.partition(":")
    shown = (
        f"resolver       {host} port {port}  answers, does not validate, does not rewrite, loopback"
    )
    assert shown in told
    assert told.splitlines()[-1].startswith("1 met")
    assert len(lines_of(as_json)) == 1


def test_a_table_then_the_failures_then_the_summary(mailcheck: Mailcheck) -> None:
    lines = mailcheck("check", MET, UNMET).stdout.splitlines()
    assert lines[0].split()[:5] == ["met", *MET.split()]
    assert lines[1].split()[:5] == ["unmet", *UNMET.split()]
    assert lines[2] == ""
    assert lines[3].startswith(f"<sentence 2>:1:1  {UNMET}")
    assert lines[3].endswith("unmet: no-mx")
    assert "            tour.example.com.  3600  IN  MX  10 mail.tour.example.com." in lines
    assert lines[-1] == "1 met, 1 unmet, 0 inconclusive, 0 not evaluated"


@pytest.mark.parametrize(
    ("options", "row"),
    [
        pytest.param(
            "severity: advised",
            "advised only: no-mx; tour.example.com has no MX record",
            id="only advised: the tag stands there already",
        ),
        pytest.param(
            "waive: {until: 2999-01-01, owner: me, reason: why}",
            "waived by me: why; unmet: no-mx; tour.example.com has no MX record",
            id="waived",
        ),
    ],
)
def test_what_is_excused_says_why_and_what(mailcheck: Mailcheck, options: str, row: str) -> None:
    first = mailcheck("check", f"{{{UNMET}: {{{options}}}}}").stdout.partition("\n")[0]
    assert first.endswith(f"  {row}")


def test_one_line_of_json_for_each_requirement_in_order(mailcheck: Mailcheck) -> None:
    told = lines_of(mailcheck("check", "--json", UNKNOWN, UNMET, MET).stdout)
    assert [(line["sentence"], line["verdict"]) for line in told] == [
        (UNKNOWN, "inconclusive"),
        (UNMET, "unmet"),
        (MET, "met"),
    ]
    assert [line["cause"] for line in told] == ["not-in-lab", "", ""]
    assert [line["tags"] for line in told] == [[], ["no-mx"], []]
    assert told[2]["evidence"][0].startswith("example.com MX → 10 mail.example.com.")


def test_a_line_of_json_says_what_to_do_and_how_to_see_it(mailcheck: Mailcheck) -> None:
    [line] = lines_of(mailcheck("check", "--json", UNMET).stdout)
    [remedy] = line["remedies"]
    assert remedy["publish"] == ["tour.example.com.  3600  IN  MX  10 mail.tour.example.com."]
    assert line["commands"][0] == "dig @198.18.0.53 tour.example.com MX"


def test_the_readme_names_every_key_of_a_line(mailcheck: Mailcheck, repository: Path) -> None:
    [line] = lines_of(mailcheck("check", "--json", UNMET).stdout)
    readme = (repository / "README.md").read_text("utf-8")
    [told] = [text for text in readme.splitlines() if text.startswith("For a program, `--json`")]
    assert [key for key in line if f"`{key}`" not in told] == []


def test_a_suite_and_sentences_beside_it(here: Path, mailcheck: Mailcheck) -> None:
    """A suite's requirements keep their place; the rest of the line is judged with them."""
    (here / "two.yml").write_text(SUITE, "utf-8")
    result = mailcheck("check", "two.yml", MET)
    assert result.exit_code == 1
    assert "two.yml:5:5  domain tour.example.com has MX" in result.stdout
    assert result.stdout.endswith("2 met, 1 unmet, 0 inconclusive, 0 not evaluated\n")


def test_a_folder_stands_for_the_suites_below_it(here: Path, mailcheck: Mailcheck) -> None:
    for name in ("b/two.yaml", "a/one.yml", ".hidden/three.yml"):
        (here / name).parent.mkdir()
        (here / name).write_text(SUITE.replace("example.com, ", ""), "utf-8")
    (here / "docker.yml").write_text("services: {}\n", "utf-8")
    (here / "near.yml").write_text("Mailcheck: 1\nchecks: []\n", "utf-8")
    result = mailcheck("check", ".")
    assert result.exit_code == 1
    failures = [line.split()[0] for line in result.stdout.splitlines() if ":5:5" in line]
    assert failures == ["a/one.yml:5:5", "b/two.yaml:5:5"]
    assert "near.yml" in result.stderr
    assert "docker.yml" not in result.output


def test_a_folder_without_a_suite_is_a_mistake(here: Path, mailcheck: Mailcheck) -> None:
    (here / "empty").mkdir()
    result = mailcheck("check", "empty")
    assert (
        result.exit_code,
        result.stderr.partition(";")[0],
    ) == (2, "empty:1:1: no suite lies in this folder or below it")


def test_a_mistake_in_one_suite_leaves_the_others_their_verdicts(
    here: Path, mailcheck: Mailcheck
) -> None:
    (here / "good.yml").write_text(SUITE, "utf-8")
    (here / "bad.yml").write_text("mailcheck: 1\nchekcs:\n  - a\n", "utf-8")
    result = mailcheck("check", "bad.yml", "good.yml")
    assert result.exit_code == 2
    assert 'bad.yml:2:1: unknown key "chekcs"' in result.stderr
    assert "1 met, 1 unmet, 0 inconclusive, 0 not evaluated" in result.stdout
    assert "not read       1  bad.yml" in result.stdout


def test_standard_input_is_read_line_by_line(mailcheck: Mailcheck) -> None:
    """Blank lines and comments are nothing; a line that cannot be read costs only itself."""
    stdin = f"\ufeff{MET}\r\n\n# a comment\ndomain example.com has MXs\n{UNMET}"
    result = mailcheck("check", "--json", "-", stdin=stdin)
    assert result.exit_code == 2
    assert result.stderr.startswith('<stdin>:4:1: no check reads "domain example.com has MXs"')
    assert [(o["sentence"], o["verdict"], o["cause"]) for o in lines_of(result.stdout)] == [
        (MET, "met", ""),
        ("domain example.com has MXs", "inconclusive", "suite-error"),
        (UNMET, "unmet", ""),
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        pytest.param(b"domain \xff has MX", "can't decode byte 0xff", id="not UTF-8"),
        pytest.param(b"domain " + b"a" * 200_000, "longer than 65536 octets", id="200 KB"),
        pytest.param(b"domain a\x1b[2J has MX", "U+001B", id="a control character"),
    ],
)
def test_a_hostile_line_is_refused_and_the_next_one_judged(
    mailcheck: Mailcheck, line: bytes, why: str
) -> None:
    result = mailcheck("check", "--json", "-", stdin=line + b"\n" + MET.encode() + b"\n")
    assert (
        result.exit_code,
        [line["verdict"] for line in lines_of(result.stdout)],
    ) == (2, ["inconclusive", "met"])
    assert result.stderr.startswith("<stdin>:1:")
    assert why in result.stderr


def test_no_input_is_nothing_evaluated(mailcheck: Mailcheck) -> None:
    assert mailcheck("check", "-", stdin="").exit_code == 3


def test_more_lines_than_are_read_ahead_come_out_in_order(mailcheck: Mailcheck) -> None:
    sentences = [f"domain {n}.example.com has MX" for n in range(500)]
    result = mailcheck("check", "--json", "-", stdin="\n".join(sentences))
    assert sentences == [line["sentence"] for line in lines_of(result.stdout)]


def test_the_lab_of_a_sentence_is_that_of_the_working_directory(
    here: Path, mailcheck: Mailcheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = here / "below"
    below.mkdir()
    monkeypatch.chdir(below)
    assert mailcheck("check", MET).exit_code == 0
    (here / "lab.yml").unlink()
    assert mailcheck("check", MET).exit_code == 3


def test_options_may_be_given_as_pytest_calls_them(here: Path, mailcheck: Mailcheck) -> None:
    """Reports and pages say ``--mail-live``; what they advise can be typed."""
    (here / "pytest.ini").unlink()
    assert mailcheck("check", "--mail-lab", ".", MET).exit_code == 0


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        pytest.param(
            "host mail.example.com can reach port 25", "with --control-host none", id="row"
        ),
        pytest.param("domain nowhere.test has MX", "--live asks the network", id="failure"),
    ],
)
def test_options_are_named_as_they_are_typed_here(
    mailcheck: Mailcheck, sentence: str, named: str
) -> None:
    output = mailcheck("check", sentence).stdout
    assert named in output
    assert "--mail-" not in output


def test_a_broken_lab_is_told_with_its_place(here: Path, mailcheck: Mailcheck) -> None:
    (here / "lab.yml").write_text("lab: 1\nserver: {}\n", "utf-8")
    result = mailcheck("check", MET)
    assert result.exit_code == 2
    assert 'lab.yml:2:1: unknown key "server"' in result.stderr
    assert result.stdout == ""


def test_checks_of_the_project_are_read(here: Path, mailcheck: Mailcheck) -> None:
    (here / "pytest.ini").write_text("[pytest]\nmail_checks = missing\n", "utf-8")
    result = mailcheck("check", MET)
    assert (result.exit_code, "missing is not a directory" in result.stderr) == (2, True)
