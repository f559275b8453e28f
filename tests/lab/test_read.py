"""Finding a lab and reading the whole of it."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailcheck.errors import SourceError
from mailcheck.lab import find_lab, read_lab

if TYPE_CHECKING:
    from pathlib import Path

    from tests.lab.conftest import MakeLab

SERVER = "servers: {ns1: {address: 192.0.2.53, zones: {example.com: a.zone}}}\n"


def test_a_whole_lab(make_lab: MakeLab) -> None:
    """Servers in their order, then blocklists; the resolver is implied."""
    lab = make_lab(
        "lab: 1\ntitle: A story\n" + SERVER + "hosts: {mail: {address: 203.0.113.25}}\n"
        "blocklists: {dul.example: {listed: [203.0.113.9]}}\n",
        a="",
    )
    assert (lab.shown_as, lab.title) == ("x/lab.yml", "A story")
    assert [server.name for server in lab.servers] == ["ns1", "ns.dul.example"]
    assert [resolver.name for resolver in lab.resolvers] == ["the lab's resolver"]
    assert [host.name for host in lab.hosts] == ["mail"]
    assert lab.zones == ("example.com", "dul.example")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "",
            ['x/lab.yml:1:1: a lab is one mapping; expected "lab: 1" and its servers'],
            id="empty",
        ),
        pytest.param(
            "- lab\n",
            ['x/lab.yml:1:1: a lab is one mapping; expected "lab: 1" and its servers'],
            id="a list",
        ),
        pytest.param(
            "lab: 1\n---\nlab: 1\n",
            ['x/lab.yml:3:1: a lab is one mapping; expected "lab: 1" and its servers'],
            id="two documents",
        ),
        pytest.param(
            "lab: 1\n",
            ["x/lab.yml:1:1: the lab has no servers; expected servers: or blocklists: with a zone"],
            id="nothing in it",
        ),
        pytest.param(
            "lab: 2\n" + SERVER,
            ['x/lab.yml:1:6: unknown version of lab; expected "lab: 1"'],
            id="another version",
        ),
        pytest.param(
            SERVER + "lab: 1\n",
            ['x/lab.yml:1:1: the first key is not "lab"; expected "lab: 1" first'],
            id="lab not first",
        ),
        pytest.param(
            "lab: 1\n" + SERVER + "resolver: {}\nservres: {}\n",
            [
                'x/lab.yml:3:1: unknown key "resolver" in the lab; did you mean "resolvers"?',
                'x/lab.yml:4:1: unknown key "servres" in the lab; did you mean "servers"?',
            ],
            id="unknown keys",
        ),
        pytest.param(
            "lab: 1\nservers: [ns1]\nhosts: mail\n",
            [
                'x/lab.yml:2:10: "servers" is a list; expected a mapping (key: value)',
                'x/lab.yml:3:8: "hosts" is a text; expected a mapping (key: value)',
            ],
            id="sections of the wrong kind",
        ),
    ],
)
def test_what_is_wrong_with_a_file(make_lab: MakeLab, text: str, said: list[str]) -> None:
    """All at once, each at its place."""
    with pytest.raises(SourceError) as error:
        make_lab(text, a="")
    assert [str(problem) for problem in error.value.problems] == said


def test_problems_of_all_files_come_together(make_lab: MakeLab) -> None:
    """Those of zone files stand at the zone file's lines, each told once."""
    text = (
        "lab: 1\nservers:\n"
        "  ns1: {address: 192.0.2.53, zones: {example.com: a.zone}}\n"
        "  ns2: {address: 192.0.2.54, zones: {example.com: a.zone, b.example: none.zone}}\n"
    )
    with pytest.raises(SourceError) as error:
        make_lab(text, a="www A 1.2.3\n")
    syntax, missing = map(str, error.value.problems)
    assert syntax == (
        'x/a.zone:5:1: "www A 1.2.3" cannot be read: its data do not fit its type; '
        "expected NAME [TTL] [IN] TYPE DATA"
    )
    assert missing == (
        'x/lab.yml:4:70: there is no file "none.zone"; '
        "expected the name of a zone file, or the zone itself after |"
    )


def test_the_nearest_lab_is_found(tmp_path: Path) -> None:
    """In the folder or above it, the last folder looked into being the one to stop at."""
    inner = tmp_path / "suites" / "deep" / "deeper"
    inner.mkdir(parents=True)
    suites = tmp_path / "suites"
    assert find_lab(inner, suites) is None
    (tmp_path / "lab.yml").touch()
    assert find_lab(inner, suites) is None
    assert find_lab(inner, tmp_path / "elsewhere") is None
    assert find_lab(inner, tmp_path) == tmp_path / "lab.yml"
    (suites / "lab.yml").touch()
    assert find_lab(inner, suites) == suites / "lab.yml"
    (inner / "lab.yml").touch()
    assert find_lab(inner, suites) == inner / "lab.yml"


@pytest.mark.parametrize("kind", ["folder", "pipe", "dangling link", "link to itself"])
def test_what_is_called_lab_yml_and_is_no_file_is_told_of(tmp_path: Path, kind: str) -> None:
    """Passed over, it would leave its suites to the lab above, or to none."""
    path = tmp_path / "suites" / "lab.yml"
    path.parent.mkdir()
    (tmp_path / "lab.yml").touch()
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("lab.yml" if kind == "link to itself" else "nowhere")
    assert find_lab(path.parent, tmp_path) == path
    with pytest.raises(SourceError, match=r"^suites/lab\.yml:1:1: "):
        read_lab(path, "suites/lab.yml")


def test_the_name_of_a_lab_moves_no_cursor(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        read_lab(tmp_path / "lab.yml", "a\x1b[2J/lab.yml")
    assert str(error.value).startswith(r"a\x1b[2J/lab.yml:1:1: ")


WORDS = st.sampled_from(
    [
        *("servers", "resolvers", "hosts", "blocklists", "address", "zones", "faults", "smtp"),
        *("stale", "listed", "25", "203.0.113.25", "example.com", "refuse", "greeting", "raw"),
    ]
)
NODES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(WORDS, NODES, max_size=4))
def test_any_shape_is_a_lab_or_has_problems(tmp_path: Path, content: object) -> None:
    """Whatever stands where, the answer is a description or a list of problems."""
    text = str({"lab": "1", **content}) if isinstance(content, dict) else ""
    (tmp_path / "lab.yml").write_text(text)
    with contextlib.suppress(SourceError):
        assert read_lab(tmp_path / "lab.yml", "lab.yml").servers


def test_the_example_of_the_guide_can_be_read(make_lab: MakeLab, repository: Path) -> None:
    """mailcheck/lab/README.md shows every key there is."""
    guide = (repository / "mailcheck" / "lab" / "README.md").read_text()
    example = guide.partition("```yaml\n")[2].partition("```")[0]
    zones = {"example.com": "", "example.com.old": "", "reverse": "", "classless": ""}
    lab = make_lab(example, **zones)
    assert [len(part) for part in (lab.servers, lab.resolvers, lab.hosts)] == [3, 3, 1]


def test_the_shipped_labs_can_be_read(repository: Path) -> None:
    """Every one of them, with its zones."""
    labs = sorted((repository / "suites").rglob("lab.yml"))
    assert len(labs) >= 5
    for path in labs:
        assert read_lab(path, str(path)).servers
