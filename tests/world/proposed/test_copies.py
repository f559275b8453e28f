"""Which file a sentence about a zone is judged by: its own, or one that must be meant for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.errors import Place
from mailcheck.facts.change.changes import NamesInUseFact
from mailcheck.proposals import in_folder, read_proposal
from mailcheck.world.proposed import read_proposals
from mailcheck.world.proposed.copies import copy_of

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.facts.change.proposed import ProposedCopyFact

SOA = "SOA ns1 hostmaster 1 7200 3600 1209600 300\n"
APEX = f"@ {SOA}@ NS ns1\nns1 A 192.0.2.53\n"
SLASHED = "@ SOA ns.example. h.example. 1 7200 3600 1209600 300\n@ NS ns.example.\n"
MISSPELT = f"$TTL 300\n$ORIGIN exmaple.com.\n{APEX}"


def copy(
    root: Path, files: dict[str, str], given: str, zone: str, *others: str, names: str = ""
) -> ProposedCopyFact:
    """Return the copy of *zone* in a run about it and *others*, whose sentences use *names*."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    proposals = [read_proposal(in_folder(text, root)) for text in given.split()]
    places = {name: (Place("s.yml", 1),) for name in names.split()}
    used = NamesInUseFact(places, zones=frozenset((zone, *others)))
    return copy_of(zone, read_proposals(proposals, root).zones, used)


def faults(found: ProposedCopyFact) -> list[str]:
    return [
        f"{fault.tag}{'!' * fault.refuses} {fault.place.line if fault.place else 0}"
        for fault in found.faults
    ]


@pytest.mark.parametrize("given", ["f", "zone:f"])
def test_a_file_of_a_misspelt_zone_is_no_copy_of_the_one_zone_asked_for(
    tmp_path: Path, given: str
) -> None:
    found = copy(tmp_path, {"f": MISSPELT}, given, "example.com")
    assert (found.by, found.zone, faults(found)) == ("f", "exmaple.com", ["other-zone! 3"])
    assert found.faults[0].text == (
        "this is the SOA record of the zone exmaple.com, and the file has none of example.com"
    )


@pytest.mark.parametrize(
    ("files", "given", "others", "names"),
    [
        pytest.param({"f": MISSPELT}, "f", "exmaple.com", "", id="it is asked for as well"),
        pytest.param({"f": MISSPELT}, "f", "example.net", "", id="two zones without a file"),
        pytest.param({"f": MISSPELT}, "f", "", "mail.exmaple.com", id="a sentence uses a name"),
        pytest.param({"f": MISSPELT}, "zone:exmaple.com=f", "", "", id="it was said of which"),
        pytest.param({"z/f": MISSPELT}, "z", "", "", id="a folder"),
        pytest.param({"f": MISSPELT}, "f ns:example.net=ns1.example.net", "", "", id="two changes"),
        pytest.param({}, "ns:example.net=ns1.example.net", "", "", id="servers"),
    ],
)
def test_a_file_that_may_be_meant_for_another_zone_is_not_judged(
    tmp_path: Path, files: dict[str, str], given: str, others: str, names: str
) -> None:
    found = copy(tmp_path, files, given, "example.com", *others.split(), names=names)
    assert (found.by, found.faults) == ("", ())
    assert found.proposed


@pytest.mark.parametrize(
    ("shown", "text", "zone", "expected"),
    [
        pytest.param("example.com.db.in", f"$TTL 300\n{APEX}", "example.com", [], id="a template"),
        pytest.param("new.zone", f"$TTL 300\n{APEX}ns1 TXT x\nw CNAME ns1\nw TXT x\n", "example.com",
                     ["cname-and-other-data! 7"], id="refused as the zone asked for"),
        pytest.param("f", f"$TTL 300\n$ORIGIN sub.example.com.\n{APEX}", "example.com",
                     ["other-zone! 3"], id="a zone below"),
        pytest.param("f", f"$TTL 300\n$ORIGIN example.com.\n{APEX}", "sub.example.com",
                     ["other-zone! 3"], id="a zone above"),
        pytest.param("f", f"{MISSPELT}www A x\n", "example.com", ["syntax! 6"], id="a broken line"),
        pytest.param("f", f"{MISSPELT}$ORIGIN example.com.\n{APEX}", "example.com",
                     ["out-of-zone-data 3", "out-of-zone-data 4", "out-of-zone-data 5"],
                     id="the second of two"),
        pytest.param("f", f"$TTL 300\n{SLASHED}", "0/26.2.0.192.in-addr.arpa", [], id="RFC 2317"),
    ],
)  # fmt: skip
def test_the_only_file_is_read_as_a_server_reads_it_for_the_only_zone(
    tmp_path: Path, shown: str, text: str, zone: str, expected: list[str]
) -> None:
    found = copy(tmp_path, {shown: text}, f"zone:{shown}", zone)
    assert (found.by, faults(found)) == (shown, expected)


def test_a_file_is_of_the_zone_that_was_said(tmp_path: Path) -> None:
    found = copy(tmp_path, {"f": MISSPELT}, "zone:example.com=f", "example.com", "example.net")
    assert [fault for fault in faults(found) if "!" in fault] == ["no-soa! 0", "no-ns! 0"]


@pytest.mark.parametrize(
    ("zone", "file", "expected"),
    [
        pytest.param("example.com", "example.com.zone", ["other-zone! 3"], id="of its name"),
        pytest.param("exmaple.com", "example.com.zone", ["other-zone 3"], id="of its SOA"),
        pytest.param("second.example", "two", ["other-zone! 5"], id="of its second SOA"),
        pytest.param(
            "first.example", "two", ["other-zone 5", "out-of-zone-data 5"], id="of its first SOA"
        ),
        pytest.param("held.example", "held.example", [], id="another file has it"),
    ],
)
def test_in_a_folder_a_zone_has_a_file_that_is_named_after_it_or_begins_it(
    tmp_path: Path, zone: str, file: str, expected: list[str]
) -> None:
    """What the file's own zone loads with, the other does not have."""
    files = {
        "z/example.com.zone": MISSPELT,
        "z/two": f"$TTL 300\nfirst.example. {SOA}first.example. NS ns.example.\n"
        f"\nsecond.example. {SOA}",
        "z/held.example": f"$TTL 300\n{APEX}",
        "z/held.example.internal.zone": f"$TTL 300\n$ORIGIN internal.example.\n{APEX}",
    }
    files["z/held.example.zone"] = f"$TTL 300\n$ORIGIN other.example.\n{APEX}"
    found = copy(tmp_path, files, "z", zone, "example.net")
    assert (found.by, faults(found)) == (f"z/{file}", expected)
