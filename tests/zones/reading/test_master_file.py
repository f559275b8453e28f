"""Master files: places, the zone's name, files in files, and what is said where they are wrong.

What is read is compared with what BIND reads in ``tests/servers/test_master_file.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.name
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.zones.reading.master_file import IncludeError, MasterFile, read_master_file

if TYPE_CHECKING:
    from mailcheck.zones.reading.including import Include

ORIGIN = dns.name.from_text("example.com")
APEX = "$TTL 300\n@ SOA ns1 hostmaster 1 7200 3600 1209600 300\n@ NS ns1\nns1 A 192.0.2.53\n"
SOA = "SOA ns1 hostmaster 1 7200 3600 1209600 300\n"


SECOND = "a second zone, example.org, begins after example.com"


def files(**texts: str) -> Include:
    def include(name: str, by: str) -> tuple[str, str]:
        if name not in texts:
            raise IncludeError(f"there is no file {name} beside {by}")
        return f"{name}.shown", texts[name]

    return include


def read(
    text: str,
    origin: dns.name.Name | None = ORIGIN,
    shown: str = "z",
    include: Include | None = None,
) -> MasterFile:
    return read_master_file(text, shown, origin, include or files())


def said(file: MasterFile) -> list[str]:
    return [str(problem) for problem in file.problems]


def test_every_record_has_the_line_on_which_it_begins() -> None:
    text = (
        "; a comment\n$TTL 1h\n\n@ SOA ns1 hostmaster (\n  1 ; serial\n  7200 3600 1209600 300 )\n"
        '(\n\nwww A 192.0.2.1 )\n\tTXT ( "a\\\nb"\n\n )\n$GENERATE 1-2 h$ A 192.0.2.$\nlast AAAA ::1'
    )
    found = [(str(r.name), r.rdata.rdtype.name, r.line) for r in read(text).records]
    assert found == [
        ("example.com.", "SOA", 4),
        ("www.example.com.", "A", 7),
        ("www.example.com.", "TXT", 10),
        ("h1.example.com.", "A", 14),
        ("h2.example.com.", "A", 14),
        ("last.example.com.", "AAAA", 15),
    ]


def test_records_of_included_files_stand_in_them() -> None:
    file = read(
        f"{APEX}$INCLUDE a sub\nafter A 192.0.2.1\n",
        include=files(a="\nx A 192.0.2.2\n$INCLUDE b\n", b="@ A 192.0.2.3\n"),
    )
    found = [(str(r.name), str(r.place)) for r in file.records[3:]]
    assert found == [
        ("x.sub.example.com.", "a.shown:2:1"),
        ("sub.example.com.", "b.shown:1:1"),
        ("after.example.com.", "z:6:1"),
    ]
    assert file.files == ("z", "a.shown", "b.shown")
    assert file.problems == ()


def test_records_outside_of_the_zone_are_kept() -> None:
    file = read(f"{APEX}www.example.org. A 192.0.2.1\n")
    assert [str(r.name) for r in file.records[3:]] == ["www.example.org."]
    assert file.problems == ()


def test_the_ttl_is_the_one_that_is_written() -> None:
    file = read(f"{APEX}a 10 A 192.0.2.1\na 20 A 192.0.2.2\nb 4294967295 A 192.0.2.3\n")
    assert [r.ttl for r in file.records[3:]] == [10, 20, 4294967295]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        pytest.param("www AX 192.0.2.1", "there is no type AX", id="unknown type"),
        pytest.param("www A 192.0.2", "its data do not fit its type", id="malformed data"),
        pytest.param("www MX mail", "a number is missing in its data", id="MX without preference"),
        pytest.param('www MX 10 "mail"', "a name stands without quotes", id="MX in quotes"),
        pytest.param("www MX 10", "its data end too early", id="MX without host"),
        pytest.param("www", "its type is missing", id="a name alone"),
        pytest.param("www 300", "its type is missing", id="no type"),
        pytest.param('www "A" 192.0.2.1', '"A" stands in quotes before the data', id="quoted type"),
        pytest.param("www OPT 1", "OPT is no type of data in a zone", id="meta type"),
        pytest.param("www MD old", "MD is no type of data in a zone", id="obsolete type"),
        pytest.param("a..b A 192.0.2.1", "A DNS label is empty", id="empty label"),
        pytest.param(f"{'a' * 64} A 192.0.2.1", "A DNS label is > 63 octets long", id="long label"),
        pytest.param('www TXT "open', "its quote is not closed on the line", id="open quote"),
        pytest.param("www A 192.0.2.1 )", "its parenthesis is not opened", id="not opened"),
        pytest.param("www A ( 192.0.2.1", "its parenthesis is not closed", id="not closed"),
        pytest.param("www TXT a\\", "it ends with a backslash", id="backslash at the end"),
        pytest.param("www A\x00 192.0.2.1", "it has a NUL octet", id="NUL"),
        pytest.param('www CAA 0 "issue" x', "its word 2 stands without quotes", id="CAA tag"),
        pytest.param("www URI 1 1 x", "its word 3 stands in quotes", id="URI without quotes"),
        pytest.param(
            "$GENERATE 2-1 a$ A 192.0.2.$",
            'the range "2-1" is empty or too large',
            id="empty range",
        ),
        pytest.param(
            "$GENERATE 1-70000 a$ A 192.0.2.1",
            "more than 65536 records by $GENERATE",
            id="too many generated",
        ),
        pytest.param(
            "$GENERATE 1-2 a$ MX 10 mail",
            "DATA of several words stands in quotes",
            id="generated MX",
        ),
        pytest.param("$INCLUDE other", "there is no file other beside z", id="no such file"),
        pytest.param("$ORIGIN", "it is incomplete or has too much", id="$ORIGIN of nothing"),
        pytest.param("$TTL never", "it is incomplete or has too much", id="$TTL of no time"),
        pytest.param("$FOO bar", "there is no directive $FOO", id="unknown directive"),
        pytest.param("www CH A 192.0.2.1", "its class is CH", id="another class"),
        pytest.param("www IN 60 IN A 192.0.2.1", "there is no type IN", id="its class twice"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_the_rest_is_read(line: str, problem: str) -> None:
    file = read(f"{APEX}{line}\nok A 192.0.2.1\n")
    (text,) = said(file)
    assert text.startswith("z:5:1: ")
    assert f" cannot be read: {problem}; " in text
    assert [str(r.name) for r in file.records][3:] == ["ok.example.com."]


def test_all_problems_are_told_at_once() -> None:
    file = read(f"{APEX}a A x\nb A ( 192.0.2.1\n  x )\nc A 192.0.2.3\nd AX y\n A 192.0.2.4\n")
    assert [problem.place.line for problem in file.problems] == [5, 6, 9]
    assert [str(r.name) for r in file.records[3:]] == ["c.example.com.", "d.example.com."]


def test_records_of_a_name_that_cannot_be_read_are_skipped() -> None:
    file = read(f"{APEX}a..b A 192.0.2.1\n  A 192.0.2.2\nc A 192.0.2.3\n")
    assert [problem.place.line for problem in file.problems] == [5]
    assert [str(r.name) for r in file.records[3:]] == ["c.example.com."]


def test_a_missing_ttl_is_told_once() -> None:
    file = read("a A 192.0.2.1\nb A 192.0.2.2\n")
    assert said(file) == [
        (
            'z:1:1: "a A 192.0.2.1" cannot be read: it has no TTL, nor has any before it; '
            "expected a line $TTL 3600"
        )
    ]


def test_after_fifty_problems_the_rest_is_not_read() -> None:
    file = read(APEX + "a A x\n" * 60)
    assert len(file.problems) == 51
    assert said(file)[-1] == "z:55:1: 50 problems are shown; the rest of the file was not read"


def test_a_file_that_includes_itself_is_named() -> None:
    file = read(f"{APEX}$INCLUDE a\n", include=files(a="$INCLUDE b\n", b="$INCLUDE a\n"))
    (text,) = said(file)
    assert text.startswith("b.shown:1:1: ")
    assert "it never ends: a.shown includes b.shown includes a.shown" in text


def test_files_nest_eight_deep() -> None:
    texts = {f"f{n}": f"$INCLUDE f{n + 1}\n" for n in range(8)} | {"f8": "deep A 192.0.2.1\n"}
    assert read(f"{APEX}$INCLUDE f1\n", include=files(**texts)).problems == ()
    (text,) = said(read(f"{APEX}$INCLUDE f0\n", include=files(**texts)))
    assert text.startswith("f7.shown:1:1: ")
    assert "files are included 8 deep at most" in text


def test_a_file_is_included_a_thousand_times_at_most() -> None:
    file = read(APEX + "$INCLUDE a\n" * 1001, include=files(a="@ A 192.0.2.1\n"))
    (text,) = said(file)
    assert text.startswith("z:1005:1: ")
    assert "more than 1000 files are included" in text


def test_a_byte_order_mark_is_told() -> None:
    file = read(f"\ufeff{APEX}")
    assert said(file) == [
        (
            "z:1:1: the file begins with a byte order mark, which servers take for a part of a "
            "name; save it as UTF-8 without BOM"
        )
    ]
    assert len(file.records) == 3


@pytest.mark.parametrize(
    ("shown", "text", "zone"),
    [
        pytest.param("zones/any", f"example.com. {SOA}", "example.com.", id="absolute owner"),
        pytest.param("x", f"$ORIGIN example.com.\n@ {SOA}", "example.com.", id="$ORIGIN"),
        pytest.param("x", f"$ORIGIN com.\nexample {SOA}", "example.com.", id="below $ORIGIN"),
        pytest.param("z/example.com.zone", f"@ {SOA}", "example.com.", id="file.zone"),
        pytest.param("db.example.com", f"@ {SOA}", "example.com.", id="db.file"),
        pytest.param("example.com.db", f"@ {SOA}", "example.com.", id="file.db"),
        pytest.param("a\\Example.COM.dns", f"@ {SOA}", "Example.COM.", id="file.dns"),
        pytest.param("example.com", f"@ {SOA}", "example.com.", id="file"),
        pytest.param(
            "2.0.192.in-addr.arpa.zone", f"@ {SOA}", "2.0.192.in-addr.arpa.", id="reverse"
        ),
        pytest.param("x.zone", f"example.com. {SOA}", "example.com.", id="one label says nothing"),
        pytest.param("example.com.internal.zone", f"example.com. {SOA}", "example.com.", id="view"),
        pytest.param("com.db", f"com. {SOA}", "com.", id="TLD"),
        pytest.param(
            "0-25.2.0.192.in-addr.arpa.zone",
            f"0/25.2.0.192.in-addr.arpa. {SOA}",
            "0/25.2.0.192.in-addr.arpa.",
            id="RFC 2317",
        ),
        pytest.param(
            "rev/0/26.2.0.192.in-addr.arpa.zone",
            f"@ {SOA}",
            "0/26.2.0.192.in-addr.arpa.",
            id="RFC 2317, its slash made a folder",
        ),
        pytest.param(
            "26.2.0.192.in-addr.arpa.zone",
            f"0/26.2.0.192.in-addr.arpa. {SOA}",
            "0/26.2.0.192.in-addr.arpa.",
            id="RFC 2317, named after what is behind the slash",
        ),
        pytest.param("x", "$INCLUDE soa example.com.\n", "example.com.", id="SOA included"),
    ],
)
def test_the_zone_is_that_of_its_soa(shown: str, text: str, zone: str) -> None:
    file = read(f"$TTL 60\n{text}www A 192.0.2.1\n", None, shown, files(soa=f"@ {SOA}"))
    assert file.origin.to_text() == zone
    assert file.problems == ()
    assert file.claims == ()


@pytest.mark.parametrize(
    ("shown", "text", "claims"),
    [
        pytest.param(
            "example.com.zone",
            f"example.org. {SOA}",
            [
                "2 example.com.: the file is named after example.com, and its SOA is that of example.org"
            ],
            id="named after another",
        ),
        pytest.param(
            "x",
            f"example.com. {SOA}example.org. {SOA}a.example.com. {SOA}example.org. {SOA}",
            [f"3 example.org.: {SECOND}, and a file holds one zone"],
            id="two zones",
        ),
    ],
)
def test_other_zones_than_that_of_the_first_soa_have_no_problem_but_a_claim(
    shown: str, text: str, claims: list[str]
) -> None:
    file = read(f"$TTL 60\n{text}", None, shown)
    assert [f"{one.place.line} {one.zone}: {one.what}" for one in file.claims] == claims
    assert file.problems == ()
    assert read(f"$TTL 60\n{text}", ORIGIN, shown).claims == ()


def test_of_generated_records_those_outside_are_not_read() -> None:
    """As named does, which gives up on all others."""
    assert read(f"{APEX}$GENERATE 1-2 h$.other. A bad\n").problems == ()
    assert read(f"{APEX}$GENERATE 1-2 h$.other A bad\n").problems


def test_names_are_relative_to_the_zone_not_to_the_file() -> None:
    file = read(f"$TTL 60\nexample.com. {SOA}www A 192.0.2.1\n", None, "primary.example.com.zone")
    assert [str(r.name) for r in file.records] == ["example.com.", "www.example.com."]


@pytest.mark.parametrize(
    ("shown", "text", "problem"),
    [
        pytest.param(
            "primary.zone",
            f"$TTL 1\n@ {SOA}",
            "primary.zone:2:1: nothing says which zone this is; expected an absolute owner",
            id="nothing says",
        ),
        pytest.param(
            "zones.txt",
            f"$TTL 1\n@ {SOA}",
            "zones.txt:2:1: nothing says which zone this is",
            id="text file",
        ),
        pytest.param(
            "db.192.0.2", f"$TTL 1\n@ {SOA}", "db.192.0.2:2:1: nothing says which", id="a number"
        ),
        pytest.param(
            "named.localhost",
            f"$TTL 1\n@ {SOA}",
            "named.localhost:2:1: nothing says which",
            id="of named",
        ),
        pytest.param(
            "db.example.com.zone",
            f"$TTL 1\n@ {SOA}",
            "db.example.com.zone:2:1: nothing says which",
            id="twice marked",
        ),
        pytest.param(
            "0-25.2.0.192.in-addr.arpa",
            f"$TTL 1\n@ {SOA}",
            "0-25.2.0.192.in-addr.arpa:2:1: nothing says which zone",
            id="RFC 2317",
        ),
        pytest.param(
            "example.com.zone",
            "$TTL 1\nwww A 192.0.2.1\n",
            "example.com.zone:1:1: the zone has no SOA record",
            id="no SOA",
        ),
        pytest.param("x", "", "x:1:1: there is no record in it", id="empty"),
        pytest.param("x", "; nothing\n$TTL 60\n", "x:1:1: there is no record in it", id="comments"),
        pytest.param(
            "x", '{"records": []}', "x:1:1: this is no master file, it looks like JSON", id="JSON"
        ),
        pytest.param(
            "x",
            "---\nzone: example.com\n",
            "x:1:1: this is no master file, it looks like YAML",
            id="YAML document",
        ),
        pytest.param(
            "x",
            "# octoDNS\nwww:\n  type: A\n",
            "x:1:1: this is no master file, it looks like YAML",
            id="YAML",
        ),
        pytest.param(
            "x",
            "<!DOCTYPE html>\n",
            "x:1:1: this is no master file, it looks like HTML or XML",
            id="HTML",
        ),
        pytest.param(
            "x",
            "\x7fELF\x00\x01",
            "x:1:1: this is no master file, it looks like a binary file",
            id="binary",
        ),
    ],
)
def test_a_file_that_is_no_certain_zone_is_told(shown: str, text: str, problem: str) -> None:
    file = read(text, None, shown)
    assert said(file)[0].startswith(problem)
    assert len(file.problems) == 1


def test_a_zone_whose_soa_cannot_be_read_is_the_one_its_file_is_named_after() -> None:
    """It does not load; it is no file of another kind."""
    text = "$TTL 1\n@ SOA ns1 hostmaster ( 1 7200 3600 1209600 300\n@ NS ns1\nns1 A 192.0.2.1\n"
    file = read(text, None, "zones/example.com.zone")
    assert file.origin == dns.name.from_text("example.com")
    assert file.records
    [text] = said(file)
    assert text.startswith("zones/example.com.zone:2:1: ")
    assert "its parenthesis is not closed; " in text
    assert read(text, None, "zones/part").origin == dns.name.root


@pytest.mark.parametrize("text", ["", '{"a": 1}', "# x\n"])
def test_a_zone_without_records_is_an_error(text: str) -> None:
    assert read(text).problems


@given(st.text(st.sampled_from('a.$@\\"();# \t\n\r\x00é0123456789ATXINCLUDEGR-{},/'), max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    for origin in (ORIGIN, None):
        file = read(APEX + text, origin, include=files(a="@ A 192.0.2.1"))
        lines = (APEX + text).count("\n") + 1
        assert all(problem.place.line <= lines + 1 for problem in file.problems)
        assert file.records or file.problems
