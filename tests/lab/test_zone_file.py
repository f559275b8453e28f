"""Zone files: what is read, and what is said about those that no server would load."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.name
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.errors import Place
from mailcheck.lab.zone_file import read_zone
from mailcheck.source.problems import Problems

if TYPE_CHECKING:
    from tests.lab.conftest import MakeZone

ORIGIN = dns.name.from_text("example.com")
SOA = "@ 300 SOA ns1 hostmaster 1 7200 3600 1209600 300\n"
NS = "@ 300 NS ns1\n"
APEX = f"{SOA}{NS}ns1 300 A 192.0.2.53\n"


def problems_of(text: str, line: int = 1) -> list[str]:
    problems = Problems()
    zone = read_zone(text, ORIGIN, Place("z", line), problems)
    assert (zone is None) == bool(problems)
    return [str(problem) for problem in problems.found]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            APEX + "www 300 AX 192.0.2.1\n",
            'z:4:1: "www 300 AX 192.0.2.1" cannot be read: there is no type AX; '
            "expected NAME [TTL] [IN] TYPE DATA",
            id="unknown type",
        ),
        pytest.param(
            APEX + "www 300 A 192.0.2\nok 300 A 192.0.2.1\n",
            'z:4:1: "www 300 A 192.0.2" cannot be read: its data do not fit its type; '
            "expected NAME [TTL] [IN] TYPE DATA",
            id="malformed data",
        ),
        pytest.param(
            APEX + "www 300 MX mail\nok 300 A 192.0.2.1\n",
            'z:4:1: "www 300 MX mail" cannot be read: a number is missing in its data; '
            "expected NAME [TTL] [IN] TYPE DATA",
            id="MX without preference",
        ),
        pytest.param(
            "@ SOA ns1 hostmaster.example.com",
            'z:1:1: "@ SOA ns1 hostmaster.example.com" cannot be read: its data end too early; '
            "expected NAME [TTL] [IN] TYPE DATA",
            id="SOA cut short",
        ),
        pytest.param(
            "@ A 192.0.2.1\n" + APEX,
            'z:1:1: "@ A 192.0.2.1" cannot be read: it has no TTL, nor has any before it; '
            "expected a line $TTL 3600",
            id="no TTL",
        ),
        pytest.param(
            APEX + 'www 300 TXT "open\nok 300 A 192.0.2.1\n',
            'z:4:1: "www 300 TXT "open" cannot be read: its quote is not closed on the line; '
            "expected NAME [TTL] [IN] TYPE DATA",
            id="open quote",
        ),
        pytest.param(
            "$INCLUDE /etc/passwd\n" + APEX,
            'z:1:1: "$INCLUDE /etc/passwd" cannot be read: there is no file /etc/passwd; '
            "expected $INCLUDE FILE [ORIGIN]",
            id="another file",
        ),
        pytest.param(
            "$GENERATE 1-30000 h$ 1 A 192.0.2.1\n" + APEX,
            "z:1:1: the zone has more than 20000 records; a lab's zones are small",
            id="a bomb",
        ),
        pytest.param(
            APEX + "mail.example.net. 300 A 192.0.2.1\n",
            "z:4:1: mail.example.net A lies outside of the zone example.com; "
            "is a trailing dot wrong?",
            id="foreign name",
        ),
        pytest.param(
            APEX + "www 300 A 192.0.2.1\nwww 300 CNAME mail\n",
            "z:5:1: www.example.com is an alias (CNAME) and has other records (A); "
            "an alias stands alone (RFC 1034 §3.6.2)",
            id="CNAME and other data",
        ),
        pytest.param(
            APEX + "www 300 CNAME mail\nwww 300 A 192.0.2.1\n",
            "z:5:1: www.example.com is an alias (CNAME) and has other records (A); "
            "an alias stands alone (RFC 1034 §3.6.2)",
            id="other data after a CNAME",
        ),
        pytest.param(
            APEX + "www 300 CNAME a\nwww 300 CNAME b\n",
            "z:5:1: www.example.com has several different CNAME records; a name has one at most",
            id="two CNAMEs",
        ),
        pytest.param(
            APEX + "www 300 DNAME example.net.\n",
            "z:4:1: www.example.com DNAME is not served by the lab; "
            "write the names below it one by one",
            id="DNAME",
        ),
        pytest.param(
            NS + "ns1 300 A 192.0.2.53\n",
            "z:1:1: the zone example.com has no SOA record; "
            "expected a line such as @ SOA ns1 hostmaster 1 7200 3600 1209600 3600",
            id="no SOA",
        ),
        pytest.param(
            SOA,
            "z:1:1: the zone example.com has no NS record; expected a line such as @ NS ns1",
            id="no NS",
        ),
        pytest.param(
            SOA + NS,
            "z:2:1: the name server ns1.example.com has no A or AAAA record in the zone; "
            "expected a line such as ns1 A ADDRESS, or a name outside of the zone",
            id="name server without address",
        ),
        pytest.param(
            "",
            "z:1:1: there is no record in it; expected lines such as NAME [TTL] [IN] TYPE DATA",
            id="nothing",
        ),
        pytest.param(
            APEX + "* 300 NS ns1\n",
            "z:4:1: the wildcard *.example.com has an NS record; no server loads such a zone",
            id="wildcard NS",
        ),
        pytest.param(
            APEX + "www 300 A 192.0.2.1\n" * 20_000,
            "z:1:1: the zone has more than 20000 records; a lab's zones are small",
            id="too many records",
        ),
    ],
)
def test_what_no_server_would_load(text: str, said: str) -> None:
    """One problem each, at its line."""
    assert [said] == problems_of(text)


def test_all_problems_of_records_are_told_at_once() -> None:
    """Lines count from where the zone begins, as in a zone written inside lab.yml."""
    text = APEX + "a.example.net. 300 A 192.0.2.1\nb.example.org. 300 A 192.0.2.1\n"
    assert [said.split(": ")[0] for said in problems_of(text, line=10)] == ["z:13:1", "z:14:1"]


def test_problems_of_an_included_file_are_told_at_its_own_lines() -> None:
    def include(name: str, by: str) -> tuple[str, str]:
        assert (name, by) == ("inc", "z")
        return "inc", "ok 300 A 192.0.2.1\nb.example.org. 300 A 192.0.2.1\nc 300 CNAME ok\n"

    problems = Problems()
    text = f"{APEX}$INCLUDE inc\nc 300 TXT x\n"
    assert read_zone(text, ORIGIN, Place("z", 10), problems, include) is None
    assert [str(problem.place) for problem in problems.found] == ["inc:2:1", "z:14:1"]


def test_records_are_generated(make_zone: MakeZone) -> None:
    zone = make_zone("example.com", "$GENERATE 1-3 h$ 60 A 192.0.2.$\n")
    owners = {name.relativize(zone.origin).to_text() for name in zone.nodes}
    assert {"@", "ns1", "h1", "h2", "h3"} == owners


def test_origin_and_ttl_directives_and_continued_lines(make_zone: MakeZone) -> None:
    """RFC 1035 §5: the master file format."""
    text = "$ORIGIN sub\nwww 60 A 192.0.2.1\n    IN MX 10 (\n  mail )\n$ORIGIN example.com.\nx A 192.0.2.2\n"
    zone = make_zone("example.com", text)
    owners = {name.relativize(zone.origin).to_text() for name in zone.nodes}
    assert {"@", "ns1", "www.sub", "x"} == owners


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_a_zone_or_has_problems(text: str) -> None:
    """Nothing that stands in a file raises anything."""
    problems_of(APEX + text)
