"""Files of subjects: where they may lie, what stands in them, and places of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.suite.conftest import Load


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            "", "s.csv:1:1: the file is empty; expected a header of subjects:", id="empty"
        ),
        pytest.param(
            "domain\n",
            "s.csv:1:1: no line follows the header; expected one for each sender",
            id="bare",
        ),
        pytest.param(
            "domian,ip\na.example,192.0.2.1\n",
            's.csv:1:1: column "domian" is no subject; did you mean "domain"?',
            id="unknown-column",
        ),
        pytest.param(
            "domain,domain\na,b\n",
            's.csv:1:1: column "domain" stands there twice; expected it once',
            id="column-twice",
        ),
        pytest.param(
            "domain;ip\na.example;192.0.2.1\n",
            's.csv:1:1: the header is "domain;ip"; expected commas between columns',
            id="semicolons",
        ),
        pytest.param(
            "domain,ip\n\na.example\n",
            "s.csv:3:1: this line has 1 cells; expected 2: domain, ip",
            id="short-line",
        ),
        pytest.param(
            "domain,ip\na.example,\n",
            "s.csv:2:1: this line has no ip; expected every cell filled",
            id="empty-cell",
        ),
        pytest.param(
            "domain,ip\na.example,192.0.2.1\nb_.example,1.2.3\n",
            "s.csv:3:1: ip: '1.2.3' is not an IP address;",
            id="wrong-value",
        ),
        pytest.param(
            'domain\n"example.com\nns1.example.com\n',
            "s.csv:2:1: this line is not CSV: a quote is not closed in it;",
            id="unclosed-quote",
        ),
        pytest.param(
            '"domain\na.example\n',
            "s.csv:1:1: this line is not CSV: a quote is not closed in it;",
            id="unclosed-quote-in-the-header",
        ),
        pytest.param(
            'domain\n\n"a"b.example\n',
            "s.csv:3:1: this line is not CSV: ',' expected after '\"';",
            id="text-behind-a-quote",
        ),
        pytest.param(
            "domain,ip\na\x00,b\n", "s.csv:2:2: the control character U+0000", id="binary"
        ),
    ],
)
def test_a_table_that_is_wrong(
    tmp_path: Path, problems_of: Callable[[str], list[str]], content: str, expected: str
) -> None:
    (tmp_path / "s.csv").write_text(content)
    text = "mailcheck: 1\nfor: {file: s.csv}\nchecks: [domain has MX, IP has PTR]\n"
    [problem] = problems_of(text)
    assert problem.startswith(expected)


def test_a_table_may_quote_and_space_its_cells(tmp_path: Path, load: Load) -> None:
    (tmp_path / "s.csv").write_bytes(
        b'\xef\xbb\xbfdomain, list\r\n\r\na.example, "v=spf1, -all"\r\n'
    )
    text = "mailcheck: 1\nfor: {file: s.csv}\nchecks: ['TXT of {domain} includes {list}']\n"
    [requirement] = load(text).requirements
    assert requirement.params.text == "v=spf1, -all"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            "# nothing\n\n",
            "lists/d.txt:1:1: the file names no domain; expected one to a line",
            id="empty",
        ),
        pytest.param(
            "a.example\n  b..example # typo\n",
            "lists/d.txt:2:3: domain: 'b..example' has an empty label;"
            " expected a domain name such as example.com",
            id="wrong-value",
        ),
        pytest.param(
            "{ip}.example\n",
            "lists/d.txt:1:1: a subject names another one, {ip};"
            " write it out; sentences may combine subjects",
            id="placeholder",
        ),
    ],
)
def test_a_list_that_is_wrong(
    tmp_path: Path, problems_of: Callable[[str], list[str]], content: str, expected: str
) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "d.txt").write_text(content)
    text = "mailcheck: 1\nfor: {domain: {file: lists/d.txt}}\nchecks: [domain has MX]\n"
    assert problems_of(text) == [expected]


def test_every_line_that_is_no_csv_is_named(
    tmp_path: Path, problems_of: Callable[[str], list[str]]
) -> None:
    (tmp_path / "s.csv").write_text('domain\n"a.example\nb.example\n"c.example\n')
    text = "mailcheck: 1\nfor: {file: s.csv}\nchecks: [domain has MX]\n"
    assert [problem.partition(": ")[0] for problem in problems_of(text)] == [
        "s.csv:2:1",
        "s.csv:4:1",
    ]


@pytest.mark.parametrize("source", ["{file: d.txt}", "{domain: {file: d.txt}}"])
def test_lines_are_counted_as_editors_do(
    tmp_path: Path, problems_of: Callable[[str], list[str]], source: str
) -> None:
    """A line separator of Unicode ends none; CR LF is one end, not two."""
    (tmp_path / "d.txt").write_bytes("domain\r\n\u2028\r\nb..example\n".encode())
    [problem] = problems_of(f"mailcheck: 1\nfor: {source}\nchecks: [domain has MX]\n")
    assert problem.startswith("d.txt:3:1: ")


def test_comments_and_blank_lines_are_left_out(tmp_path: Path, load: Load) -> None:
    (tmp_path / "d.txt").write_text("# ours\na.example # main\n\n  b.example\n")
    text = "mailcheck: 1\nfor: {domain: {file: d.txt}}\nchecks: [domain has MX]\n"
    assert [r.params.domain for r in load(text).requirements] == ["a.example", "b.example"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param(
            "../d.txt", 'file "../d.txt" lies outside the folder of the suite', id="above"
        ),
        pytest.param("a/../d.txt", 'file "a/../d.txt" lies outside the folder', id="dots"),
        pytest.param("/etc/passwd", 'file "/etc/passwd" lies outside the folder', id="absolute"),
        pytest.param("link.txt", 'file "link.txt" lies outside the folder', id="link"),
        pytest.param(
            "none.txt", 'file "none.txt" does not exist; expected it at none.txt', id="missing"
        ),
        pytest.param(".", "it is not a regular file", id="folder"),
        pytest.param(
            '"a\\0b"', 'file "a\\x00b" cannot be read: Invalid argument; expected a file', id="nul"
        ),
        pytest.param("a" * 300, "cannot be read: File name too long", id="long"),
        pytest.param("loop.txt", "cannot be read: Too many levels of symbolic links", id="loop"),
        pytest.param("d.txt/e", "cannot be read: Not a directory", id="below-a-file"),
        pytest.param('"esc\\e.txt"', r"x1b.txt:1:1: domain: 'b..example'", id="an-escape"),
    ],
)
def test_files_lie_below_the_folder_of_the_suite(
    tmp_path: Path, problems_of: Callable[[str], list[str]], name: str, expected: str
) -> None:
    (tmp_path / "d.txt").write_text("a.example\n")
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "esc\x1b.txt").write_text("b..example\n")
    text = f"mailcheck: 1\nfor: {{domain: {{file: {name}}}}}\nchecks: [domain has MX]\n"
    [problem] = problems_of(text)
    assert expected in problem
