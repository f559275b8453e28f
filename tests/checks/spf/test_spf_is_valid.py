"""``SPF of D is valid``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from mailcheck.checks.spf.spf_is_valid import CHECK
from mailcheck.cli import main
from mailcheck.facts.dns import told
from mailcheck.testing import judged

if TYPE_CHECKING:
    from pathlib import Path

SENTENCE = "SPF of example.com is valid"


def spf(text: str, name: str = "example.com") -> str:
    return f'{name} TXT: "v=spf1 {text}"'


@pytest.mark.parametrize(
    ("said", "tags", "published"),
    [
        pytest.param((spf("ip4:192.0.2.1 -all"),), (), "", id="valid"),
        pytest.param(("example.com TXT: NODATA",), ("no-spf",), '"v=spf1 mx ~all"', id="no record"),
        pytest.param(
            ('example.com TXT: "v=spf1include:a.b -all"',),
            ("no-spf",),
            '"v=spf1 include:a.b -all"',
            id="a text that comes close",
        ),
        pytest.param(('example.com TXT: "v=spf1;moo"',), ("no-spf",), "", id="an unclear one"),
        pytest.param(
            ("example.com TXT: NXDOMAIN",), ("no-such-domain",), '"v=spf1 mx ~all"', id="no domain"
        ),
        pytest.param(
            ('example.com TXT: "v=spf1 mx -all" | "v=spf1 a ~all"',),
            ("several-records",),
            '"v=spf1 mx a ~all"',
            id="two records",
        ),
        pytest.param(
            (spf("ip:192.0.2.1 -all"),), ("syntax",), '"v=spf1 ip4:192.0.2.1 -all"', id="syntax"
        ),
        pytest.param(
            (spf("ip4:192.0.2.1 include:a.b -all"), "a.b TXT: NODATA"),
            ("include-without-record",),
            '"v=spf1 ip4:192.0.2.1 -all"',
            id="include of nothing",
        ),
        pytest.param(
            (spf("redirect=a.b"), "a.b TXT: NODATA"),
            ("redirect-without-record",),
            "",
            id="redirect to nothing",
        ),
        pytest.param(
            (spf("ip4:192.0.2.1 include:a.b -all"), spf("include:example.com -all", "a.b")),
            ("loop",),
            "",
            id="loop",
        ),
        pytest.param(
            (
                spf("mx -all"),
                "example.com MX: " + " | ".join(f"{n} m{n}.example." for n in range(11)),
            ),
            ("too-many-exchanges",),
            "",
            id="exchanges",
        ),
        pytest.param(
            (
                spf("ip4:192.0.2.1 exists:a.b exists:b.b exists:c.b -all"),
                "a.b A: NXDOMAIN",
                "b.b A: NXDOMAIN",
                "c.b A: NODATA",
            ),
            ("too-many-voids",),
            '"v=spf1 ip4:192.0.2.1 -all"',
            id="voids",
        ),
        pytest.param(
            (spf("ip4:192.0.2.1 " + "ptr " * 11 + "-all"),),
            ("too-many-lookups",),
            '"v=spf1 ip4:192.0.2.1 -all"',
            id="lookups",
        ),
        pytest.param(
            (spf("include:a.b -all"), "a.b TXT: REFUSED-BY-AUTHORITY"),
            ("refused-by-authority",),
            "",
            id="an include whose servers refuse",
        ),
    ],
)
def test_unmet(said: tuple[str, ...], tags: tuple[str, ...], published: str) -> None:
    verdict = judged(CHECK, SENTENCE, *(told(*line.split(": ", 1)) for line in said))
    assert verdict.tags == tags
    assert verdict.kind == ("unmet" if tags else "met")
    lines = [
        line.removeprefix("example.com.  3600  IN  TXT  ")
        for r in verdict.remedies
        for line in r.publish
    ]
    assert lines == ([published] if published else [])


def test_a_fault_and_advice_stand_together() -> None:
    verdict = judged(CHECK, SENTENCE, told("example.com TXT", '"v=spf1 ip4:192.0.2.0/33 +all"'))
    assert verdict.tags == ("syntax",)
    assert [advice.tag for advice in verdict.advice] == ["pass-all"]


@pytest.mark.parametrize("published", [True, False])
def test_the_remedy_of_too_many_lookups_is_valid(published: bool) -> None:  # noqa: FBT001  a case of the table
    hosts = [f"h{n}.example.net" for n in range(11)]
    terms = " ".join(f"a:{host}" for host in hosts)
    said = [told(f"{host} A", f"192.0.2.{n}") for n, host in enumerate(hosts, 1)]
    said += [told(f"{host} AAAA", f"2001:db8::{n}") for n, host in enumerate(hosts, 1)]
    record = f'"v=spf1 {terms} -all"'
    if published:
        first = judged(CHECK, SENTENCE, told("example.com TXT", record), *said)
        record = first.remedies[0].publish[0].partition("TXT  ")[2]
        assert "ip4:192.0.2.1 ip6:2001:db8::1 a:h1.example.net" in record
    verdict = judged(CHECK, SENTENCE, told("example.com TXT", record), *said)
    assert verdict.tags == (() if published else ("too-many-lookups",))


LAB = """\
lab: 1
resolvers:
  cache:
    address: 192.0.2.1
servers:
  ns1:
    address: 192.0.2.53
    zones:
      example.com: |
        @        3600 IN SOA ns1 hostmaster 1 7200 3600 1209600 300
        @        IN NS  ns1
        ns1      IN A   192.0.2.53
        @        IN TXT "v=spf1 mx a include:_spf.example.net -all"
        @        IN MX  10 ns1
        @        IN A   192.0.2.53
      example.net: |
        @        3600 IN SOA ns1.example.com. hostmaster 1 7200 3600 1209600 300
        @        IN NS  ns1.example.com.
        _spf     IN TXT "v=spf1 ip4:198.51.100.0/24 -all"
"""

SUITE = """\
mailcheck: 1
title: SPF of example.com
checks:
  - SPF of example.com is valid
"""

GROWN = f"""\
$ORIGIN example.net.
@    3600 IN SOA ns1.example.com. hostmaster 2 7200 3600 1209600 300
@    3600 IN NS  ns1.example.com.
_spf 3600 IN TXT "v=spf1 {" ".join(f"exists:%{{i}}.l{n}.net" for n in range(8))} -all"
"""


def test_a_change_to_an_include_takes_the_lookups_over_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "lab.yml": LAB,
        "suite.yml": SUITE,
        "example.net.zone": GROWN,
        "pytest.ini": "[pytest]\nmail_lab = lab.yml\n",
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    verdicts = []
    for options in ([], ["--proposed", "zone:example.net.zone"]):
        ended = CliRunner().invoke(main, ["check", "suite.yml", "--json", *options])
        [record] = [json.loads(line) for line in ended.output.splitlines() if line[:1] == "{"]
        verdicts.append((record["verdict"], record["tags"], record["places"]))
    assert verdicts[0] == ("met", [], [])
    assert verdicts[1][:2] == ("unmet", ["too-many-lookups"])
    assert {"file": "example.net.zone", "line": 4} in verdicts[1][2]
