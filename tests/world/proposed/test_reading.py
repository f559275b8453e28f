"""What a run is told of a change: files, folders of them, and what is no zone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mailcheck.errors import MailcheckError, Place, SourceError, UsageError
from mailcheck.proposals import read_proposal
from mailcheck.world.proposed import ProposedZone, read_proposals
from mailcheck.world.proposed.files import MAX_OCTETS
from mailcheck.world.proposed.nameless import NamelessZone
from mailcheck.world.proposed.unserved import UnservedZone

if TYPE_CHECKING:
    from pathlib import Path

    from mailcheck.world.proposed.authority import Authority

ZONE = """\
$ORIGIN {}.
$TTL 3600
@ SOA ns1 hostmaster 1 7200 3600 1209600 300
@ NS ns1
ns1 A 192.0.2.53
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a folder of zones, and files beside it."""
    files = {
        "zones/example.com": ZONE.format("example.com") + "$INCLUDE inc/mail\n",
        "zones/inc/mail": "mail A 192.0.2.25\n$INCLUDE inc/deep\n",
        "zones/inc/deep": "deep A 192.0.2.26\n",
        "zones/rev/2.0.192.in-addr.arpa": ZONE.format("2.0.192.in-addr.arpa"),
        "zones/.git/config": "[core]\n",
        "example.net.zone": ZONE.format("example.net"),
        "again.zone": ZONE.format("example.com"),
        "broken.zone": ZONE.format("example.org") + "mail A not-an-address\n",
        "refused.zone": ZONE.format("example.org") + "www CNAME ns1\nwww TXT x\n",
        "out.zone": ZONE.format("example.org") + "$INCLUDE ../secret\n",
        "mixed/example.net.zone": ZONE.format("example.net"),
        "mixed/notes.md": "# Zones\n",
        "slip/example.org.zone": ZONE.format("exmaple.org"),
        "notes.md": "# Zones\n\nnothing here\n",
        "plan.json": '{"resource_changes": []}\n',
        "empty.zone": "; nothing yet\n",
        "new.txt": ZONE.removeprefix("$ORIGIN {}.\n"),
        "half.txt": "$TTL 60\n@ NS ns1\n",
        "move.patch": "$ORIGIN example.com.\n$TTL 300\n$INCLUDE inc/new\n-old\n",
        "more.patch": "$ORIGIN example.com.\nmore 300 A 192.0.2.8\n",
        "twice.patch": "$ORIGIN example.com.\nmore 300 A 192.0.2.9\n",
        "inc/new": "new A 192.0.2.9\n",
        "bare.patch": "new 300 A 192.0.2.9\n",
    }
    for name, text in files.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "secret").write_text("key TXT hush\n", "utf-8")
    (tmp_path / "project" / "void").mkdir()
    (tmp_path / "project" / "linked").mkdir()
    (tmp_path / "project" / "linked" / "example.com").symlink_to(tmp_path / "secret")
    return tmp_path / "project"


def read(root: Path, *texts: str) -> dict[str, Authority]:
    """Read what is proposed, as seen from the project."""
    from mailcheck.proposals import in_folder

    return read_proposals([read_proposal(in_folder(text, root)) for text in texts], root).zones


def zone(root: Path, text: str) -> ProposedZone:
    """The one zone that is proposed."""
    [found] = read(root, text).values()
    assert isinstance(found, ProposedZone)
    return found


def test_a_folder_is_all_its_zones_and_what_they_include(root: Path) -> None:
    assert sorted(read(root, "zones")) == ["2.0.192.in-addr.arpa", "example.com"]


def test_several_may_be_mixed(root: Path) -> None:
    found = read(root, "zones", "zone:example.net.zone", "ns:example.org=192.0.2.1")
    assert sorted(found) == [
        "2.0.192.in-addr.arpa", "example.com", "example.net", "example.org",
    ]  # fmt: skip


def test_a_patch_says_which_zone_it_changes_or_is_told(root: Path) -> None:
    assert list(read(root, "patch:move.patch")) == ["example.com"]
    assert list(read(root, "patch:example.net=bare.patch")) == ["example.net"]


def test_several_patches_of_a_zone_are_one(root: Path) -> None:
    [found] = read(root, "patch:move.patch", "patch:more.patch").values()
    assert found.by == "move.patch and more.patch"


def test_an_included_record_stands_in_its_own_file(root: Path) -> None:
    [found] = [one for one in read(root, "zones").values() if one.origin == "example.com"]
    assert isinstance(found, ProposedZone)
    answer = found.said("mail.example.com", "A")
    assert str(answer.evidence[0]) == (  # type: ignore[union-attr]  # it is no cut
        "mail.example.com A → 192.0.2.25, proposed, zones/inc/mail:1"
    )


def test_a_file_is_included_as_seen_from_the_folder_too(root: Path) -> None:
    [found] = [one for one in read(root, "zones").values() if one.origin == "example.com"]
    assert isinstance(found, ProposedZone)
    [line] = found.said("deep.example.com", "A").evidence  # type: ignore[union-attr]  # it is no cut
    assert line.place == Place("zones/inc/deep", 1)


def test_a_file_that_nobody_would_write_is_not_read(root: Path) -> None:
    with (root / "again.zone").open("r+b") as file:
        file.truncate(MAX_OCTETS + 1)
    with pytest.raises(UsageError, match="is larger than"):
        read(root, "again.zone")


@pytest.mark.parametrize(
    ("name", "tag", "line"),
    [
        pytest.param("broken.zone", "syntax", 6, id="what cannot be read"),
        pytest.param("refused.zone", "cname-and-other-data", 7, id="what no server would load"),
        pytest.param("out.zone", "syntax", 6, id="an include from outside of the folder"),
    ],
)
def test_a_zone_that_no_server_would_load_is_no_error_of_the_run(
    root: Path, name: str, tag: str, line: int
) -> None:
    found = zone(root, name)
    assert found.zone is None
    [fault] = [fault for fault in found.faults if fault.refuses]
    assert (fault.tag, fault.place and fault.place.line) == (tag, line)


def test_a_file_named_after_another_zone_leaves_nothing_to_that(root: Path) -> None:
    """A slip in $ORIGIN does not leave the zone of the file's name as it is today."""
    zones = [one for one in read(root, "slip").values() if isinstance(one, ProposedZone)]
    assert {one.origin: one.zone is None for one in zones} == {
        "exmaple.org": False,
        "example.org": True,
    }


def test_another_file_may_have_the_zone_that_one_is_named_after(root: Path) -> None:
    assert read(root, "slip", "broken.zone")["example.org"].by == "broken.zone"


def test_nothing_of_a_file_outside_is_shown(root: Path) -> None:
    assert "hush" not in str(zone(root, "out.zone").faults)


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        pytest.param(["zones", "again.zone"], "proposed twice", id="two files for one zone"),
        pytest.param(
            ["zones", "zones/example.com"], "by zones/example.com and once more", id="a file, twice"
        ),
        pytest.param(["notes.md"], "notes.md", id="a file of another kind"),
        pytest.param(["plan.json"], "JSON", id="a plan"),
        pytest.param(["empty.zone"], "no record", id="a zone without records"),
        pytest.param(["void"], "no file in void", id="a folder without files"),
        pytest.param(["new.txt"], "nothing says which zone", id="a file without a name"),
        pytest.param(["zone:new.txt", "zone:half.txt"], "which zone", id="two without a name"),
        pytest.param(
            ["zone:new.txt", "notes.md"], "notes.md", id="one, and a file of another kind"
        ),
        pytest.param(["missing"], "no file or folder", id="nothing"),
        pytest.param(["mixed"], "notes.md", id="a folder with files of another kind"),
        pytest.param(["mixed"], "one by one", id="what to do about files of another kind"),
        pytest.param(["linked"], "leads out of linked", id="a link out of the folder"),
        pytest.param(["zone:example.com=zones"], "is a folder", id="a folder for one zone"),
        pytest.param(["patch:missing"], "no file", id="no patch"),
        pytest.param(["patch:zones"], "no file", id="a folder is no patch"),
        pytest.param(["patch:plan.json"], "JSON", id="a plan is no patch"),
        pytest.param(["patch:bare.patch"], "which zone", id="a patch of any zone"),
        pytest.param(["patch:move.patch", "zones"], "zone as it is live", id="a patch of a zone"),
        pytest.param(
            ["ns:example.com=192.0.2.1", "patch:move.patch"],
            "write the change into that",
            id="a patch of a zone that moves",
        ),
        pytest.param(
            ["patch:more.patch", "patch:move.patch", "patch:twice.patch"],
            r"twice\.patch:2.*in more\.patch:2",
            id="patches that speak of the same",
        ),
    ],
)
def test_what_is_an_error_of_the_run(root: Path, texts: list[str], why: str) -> None:
    with pytest.raises(MailcheckError, match=why):
        read(root, *texts)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        pytest.param(
            "README.md",
            "# Zones\n\nThis folder has our zones.\n",
            [
                'README.md:1:1: this is no zone file: "# Zones" cannot be read: there is no type Zones'
            ],
            id="a text",
        ),
        pytest.param(
            "Makefile",
            "all: check\n",
            ["Makefile:1:1: this is no zone file: it looks like YAML"],
            id="another format",
        ),
        pytest.param(
            "README",
            "",
            ["README:1:1: this is no zone file: there is no record in it"],
            id="nothing",
        ),
        pytest.param(
            "example.org.zone",
            "a b\nc d\n",
            ['example.org.zone:1:1: "a b"', 'example.org.zone:2:1: "c d"'],
            id="a zone's name and no zone",
        ),
    ],
)
def test_a_file_of_a_folder_that_is_no_zone_is_told_once(
    root: Path, name: str, text: str, said: list[str]
) -> None:
    (root / "zones" / name).write_text(text, "utf-8")
    with pytest.raises(SourceError) as refused:
        read(root, "zones")
    shown = [str(problem) for problem in refused.value.problems]
    assert len(shown) == len(said)
    for problem, start in zip(shown, said, strict=True):
        assert problem.startswith(f"zones/{start}")
        assert "move others, or name the zone files one by one" in problem


def test_where_each_record_stands(root: Path) -> None:
    """In its RRset, whatever the case of its name; what is left out stands nowhere."""
    (root / "big.zone").write_text(
        ZONE.format("example.org") + "@ MX 10 A\na.B TXT x\nA.b TXT y\nexample.net. TXT x\n"
    )
    records = zone(root, "big.zone").records
    found = {
        f"{name} {rdtype.name}": [one.line for one in several]
        for (name, rdtype), several in records.items()
    }
    assert found == {
        "example.org. SOA": [3],
        "example.org. NS": [4],
        "ns1.example.org. A": [5],
        "example.org. MX": [6],
        "a.B.example.org. TXT": [7, 8],
    }
    assert len(records) == len(found)


@pytest.mark.parametrize(
    ("file", "tags"),
    [
        pytest.param("new.txt", [], id="all names relative"),
        pytest.param("half.txt", ["no-soa", "ns-without-address"], id="no SOA"),
        pytest.param("empty.zone", ["syntax"], id="no record"),
    ],
)
def test_one_file_without_a_name_is_that_of_whatever_zone_is_asked_for(
    root: Path, file: str, tags: list[str]
) -> None:
    [found] = read(root, f"zone:{file}").values()
    assert isinstance(found, NamelessZone)
    for name in ("example.com", "example.org"):
        named = found.named(name)
        assert (named.origin, named.by) == (name, file)
        assert [fault.tag for fault in named.faults] == tags
    assert [fault.place.file for fault in found.faults if fault.place] == [file]


@pytest.mark.parametrize(
    ("file", "tags"),
    [
        pytest.param("new.txt", [], id="all names relative"),
        pytest.param("empty.zone", ["syntax"], id="no record"),
        pytest.param("example.net.zone", ["no-soa", "no-ns"], id="another zone"),
    ],
)
def test_a_file_is_of_the_zone_that_is_said(root: Path, file: str, tags: list[str]) -> None:
    found = zone(root, f"zone:example.com={file}")
    assert (found.origin, found.by, found.read_as) == ("example.com", file, None)
    assert [fault.tag for fault in found.faults if fault.refuses] == tags


def test_a_file_without_a_name_goes_with_others_that_have_one(root: Path) -> None:
    assert sorted(read(root, "zones", "zone:new.txt", "zone:example.net.zone")) == [
        ".", "2.0.192.in-addr.arpa", "example.com", "example.net",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param("{}", "it looks like JSON", id="what octoDNS plans if nothing changes"),
        pytest.param('{"format_version": "1.2", "res', "it looks like JSON", id="cut off"),
        pytest.param('[{"format_version": "1.2"}]', "it looks like JSON", id="a list"),
        pytest.param("zones: {}\n", "it looks like YAML", id="YAML"),
    ],
)
def test_a_plan_that_is_not_recognised_is_to_be_named(text: str, what: str, root: Path) -> None:
    (root / "plan.json").write_text(text, "utf-8")
    with pytest.raises(SourceError) as caught:
        read_proposals([read_proposal(str(root / "plan.json"))], root)
    [problem] = caught.value.problems
    assert problem.what == f"this is no master file, {what}, and no plan that is known"
    assert "name its tool, such as terraform:FILE" in problem.expected


ZONE_GONE = {
    "format_version": "1.2",
    "resource_changes": [
        {
            "address": "aws_route53_zone.old",
            "type": "aws_route53_zone",
            "change": {
                "actions": ["delete"],
                "before": {"zone_id": "Z1", "name": "example.com", "vpc": []},
                "after": None,
            },
        }
    ],
}


def test_a_plan_that_only_deletes_a_zone_is_a_change(root: Path) -> None:
    (root / "plan.json").write_text(json.dumps(ZONE_GONE), "utf-8")
    [zone] = read_proposals([read_proposal(str(root / "plan.json"))], root).zones.values()
    assert isinstance(zone, UnservedZone)
    assert (zone.origin, zone.by) == ("example.com", "plan.json")
    assert zone.why == "the zone is deleted by aws_route53_zone.old in plan.json:1"


def test_a_plan_without_a_change_that_can_be_judged_says_why(root: Path) -> None:
    incomplete = {"format_version": "1.2", "resource_changes": [], "complete": False}
    (root / "plan.json").write_text(json.dumps(incomplete), "utf-8")
    proposals = [read_proposal(str(root / "plan.json"))]
    with pytest.raises(UsageError, match="the plan is not complete") as caught:
        read_proposals(proposals, root)
    assert "if that may be, --mail-proposed-may-be-empty" in str(caught.value)
    change = read_proposals(proposals, root, may_be_empty=True)
    assert not change.zones
    assert change.notes


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("given", ["plan.json", "terraform:plan.json", "octodns:plan.json"])
def test_a_plan_in_utf_16_is_named_so_beside_what_else_is_wrong(
    given: str, encoding: str, root: Path
) -> None:
    """Windows PowerShell 5.1 writes it for ``> plan.json``."""
    (root / "plan.json").write_bytes('\ufeff{"resource_changes": []}\r\n'.encode(encoding))
    with pytest.raises(SourceError) as error:
        read(root, given, "notes.md")
    *others, last = error.value.problems
    assert str(last).startswith("plan.json:1:1: this file is in UTF-16; expected UTF-8")
    assert {one.place.file for one in others} == {"notes.md"}
