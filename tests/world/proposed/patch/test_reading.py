"""Patches as they are written: what they replace and remove, and what is none."""

from __future__ import annotations

import dns.name
import dns.rdatatype
import pytest

from mailcheck.errors import Place, SourceError
from mailcheck.world.proposed.patch.patch import Patch
from mailcheck.world.proposed.patch.reading import read_patch

HEAD = "$ORIGIN example.com.\n$TTL 300\n"


def read(text: str, zone: str = "") -> Patch:
    """Read a patch, in which another file may be included."""

    def include(_: str, __: str) -> tuple[str, str]:
        return "inc", "inc A 192.0.2.8\n"

    return read_patch(text, "change", zone, include)


def shown(patch: Patch) -> list[str]:
    """What it says, a line each."""
    replaced = [
        f"{at.rrset.to_text()} ({at.place.file}:{at.place.line})" if at.place else ""
        for at in patch.replaced.values()
    ]
    removed = [
        f"-{name} {kind.name if kind else 'all'} ({place.file}:{place.line})" if place else ""
        for (name, kind), place in patch.removed.items()
    ]
    return replaced + removed


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param(
            f"{HEAD}mail A 192.0.2.1\n     A 192.0.2.2\n     MX 10 mail\n",
            [
                (
                    "mail.example.com. 300 IN A 192.0.2.1\n"
                    "mail.example.com. 300 IN A 192.0.2.2 (change:3)"
                ),
                "mail.example.com. 300 IN MX 10 mail.example.com. (change:5)",
            ],
            id="RRsets",
        ),
        pytest.param(f"{HEAD}-mail a ; gone\n", ["-mail.example.com. A (change:3)"], id="an RRset"),
        pytest.param(f"{HEAD}-mail\r\n", ["-mail.example.com. all (change:3)"], id="a name"),
        pytest.param(f"{HEAD}-@ TXT\n", ["-example.com. TXT (change:3)"], id="of the zone itself"),
        pytest.param(
            f"{HEAD}$ORIGIN b\n-x TXT\n-y.example.com. TXT\n",
            ["-x.b.example.com. TXT (change:4)", "-y.example.com. TXT (change:5)"],
            id="below another origin, and absolute",
        ),
        pytest.param(
            f"{HEAD}\\045x A 192.0.2.1\n",
            ["-x.example.com. 300 IN A 192.0.2.1 (change:3)"],
            id="a name that begins with a hyphen",
        ),
        pytest.param(
            f'{HEAD}x TXT (\n"a"\n-all )\n',
            ['x.example.com. 300 IN TXT "a" "-all" (change:3)'],
            id="no line of its own",
        ),
        pytest.param(
            f"{HEAD}-x\nx CNAME y\n",
            [
                "x.example.com. 300 IN CNAME y.example.com. (change:4)",
                "-x.example.com. all (change:3)",
            ],
            id="a name becomes another thing",
        ),
        pytest.param(
            f"{HEAD}-example.com.example.com.\nexample.com._report._dmarc TXT a\n",
            [
                'example.com._report._dmarc.example.com. 300 IN TXT "a" (change:4)',
                "-example.com.example.com. all (change:3)",
            ],
            id="the zone's name twice, and meant",
        ),
        pytest.param(
            f"{HEAD}$GENERATE 1-1 h$ A 192.0.2.$\n$INCLUDE x\n",
            [
                "h1.example.com. 300 IN A 192.0.2.1 (change:3)",
                "inc.example.com. 300 IN A 192.0.2.8 (inc:1)",
            ],
            id="directives of zone files",
        ),
        pytest.param(
            f"{HEAD}@ SOA ns h 2 3 4 5 6\n",
            ["example.com. 300 IN SOA ns.example.com. h.example.com. 2 3 4 5 6 (change:3)"],
            id="a new serial",
        ),
    ],
)
def test_what_a_patch_says(text: str, lines: list[str]) -> None:
    patch = read(text)
    assert (patch.origin, patch.by) == ("example.com", "change")
    assert shown(patch) == lines


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        pytest.param("", 1, "no change", id="nothing"),
        pytest.param(f"{HEAD}; later\n", 1, "no change", id="no change"),
        pytest.param('{"a": 1}\n', 1, "JSON", id="another format"),
        pytest.param("mail 300 A 192.0.2.1\n", 1, "which zone", id="no zone"),
        pytest.param("-mail.example.com.\n", 1, "which zone", id="no zone, but an absolute name"),
        pytest.param("$ORIGIN example\nx 1 A 192.0.2.1\n", 1, "which zone", id="a relative origin"),
        pytest.param("$ORIGIN example.com.\nx A 192.0.2.1\n", 2, "no TTL", id="no TTL"),
        pytest.param(f"{HEAD}x A nowhere\n", 3, "cannot be read", id="bad data"),
        pytest.param(f"{HEAD}x.example.net. A 192.0.2.1\n", 3, "outside", id="another zone's name"),
        pytest.param(f"{HEAD}-x.example.net.\n", 3, "outside", id="removed from another zone"),
        pytest.param(f"{HEAD}-x A 192.0.2.1\n", 3, "too much", id="data of what is removed"),
        pytest.param(f"{HEAD}- x A\n", 3, "too much", id="a blank behind the hyphen"),
        pytest.param(f"{HEAD}-\n", 3, "name is missing", id="a hyphen alone"),
        pytest.param(f"{HEAD}-x ANY\n", 3, "no type of data", id="all types, by a type"),
        pytest.param(f"{HEAD}-x AAAAA\n", 3, "no type AAAAA", id="a misspelt type"),
        pytest.param(f"{HEAD}x A 192.0.2.1\n-y\n  TXT z\n", 5, "without a name", id="whose is it"),
        pytest.param(f"{HEAD}x A 192.0.2.1\nx CNAME y\n", 4, "is an alias", id="an alias and more"),
        pytest.param(f"{HEAD}x CNAME y\nx CNAME z\n", 4, "several", id="two aliases"),
        pytest.param(f"{HEAD}x A 192.0.2.1\n-x A\n", 4, "replaced in line 3", id="both at once"),
        pytest.param(f"{HEAD}x SOA ns h 1 2 3 4 5\n", 3, "not the zone", id="an SOA elsewhere"),
        pytest.param(f"{HEAD}@ CNAME x\n", 3, "cannot be an alias", id="the zone as an alias"),
        pytest.param(f"{HEAD}-@ NS\n", 3, "needs its NS", id="a zone without servers"),
        pytest.param(f"{HEAD}-@\n", 3, "needs its SOA and NS", id="a zone without anything"),
        pytest.param(f"{HEAD}-x.example.com\n", 3, "last dot", id="removed, without the last dot"),
        pytest.param(f"{HEAD}-x.Example.com A\n", 3, "last dot", id="an RRset of it"),
        pytest.param(f"{HEAD}x.example.com A 192.0.2.1\n", 3, "last dot", id="a record without it"),
        pytest.param(f"{HEAD}example.com TXT a\n", 3, "last dot", id="the zone's name without it"),
        pytest.param(f"{HEAD}$ORIGIN x.example.com\ny TXT a\n", 3, "last dot", id="an origin"),
        pytest.param(f"{HEAD}*.x NS ns1\n", 3, "wildcard", id="a wildcard that is delegated"),
    ],
)
def test_what_is_no_patch(text: str, line: int, why: str) -> None:
    with pytest.raises(SourceError, match=why) as error:
        read(text)
    assert [problem.place for problem in error.value.problems] == [Place("change", line)]


def test_the_zone_may_be_told_beside_the_file() -> None:
    patch = read("mail 300 A 192.0.2.1\n-x.example.com.\n", "example.com")
    assert (dns.name.from_text("mail.example.com"), dns.rdatatype.A) in patch.replaced
    assert (dns.name.from_text("x.example.com"), None) in patch.removed


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(SourceError) as error:
        read(f"{HEAD}-x A b\ny A z\n")
    assert [problem.place.line for problem in error.value.problems] == [3, 4]


def test_a_zone_of_one_label_is_repeated_by_many_names() -> None:
    patch = read("$ORIGIN internal.\n-a.internal\n")
    assert shown(patch) == ["-a.internal.internal. all (change:2)"]
