"""What a configuration has to have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plans.octodns.projects import configured, refusal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        pytest.param(
            "example.com.:", "example.com:", "zone example.com has no final dot", id="dot"
        ),
        pytest.param("example.com.:", "a..b.:", "zone a..b. is no name", id="no name"),
        pytest.param("example.com.:", "'.':", "zone . is no name", id="the root"),
        pytest.param("example.com.:", "a b.c.:", "zone a b.c. is no name", id="a space"),
        pytest.param("example.com.:", f"{'a' * 64}.b.:", "is no name", id="a long label"),
        pytest.param("sources: [config], ", "", "zone example.com has no sources", id="sources"),
        pytest.param(", targets: [there]", "", "zone example.com has no targets", id="targets"),
        pytest.param("[config]", "[confg]", 'did you mean "config"?', id="no such source"),
        pytest.param("[there]", "[their]", 'did you mean "there"?', id="no such target"),
        pytest.param("[config]", "config", "its sources are no list of names", id="no list"),
        pytest.param("[config]", "[1]", "its sources are no list of names", id="a number"),
        pytest.param("{sources: [config], targets: [there]}", "", "has no sources", id="nothing"),
        pytest.param(
            "{sources", "{processors: [x], sources", "processor x is not there", id="none"
        ),
        pytest.param(
            "{sources: [config], targets", "{alias: b.c., targets", "no zone here", id="alias"
        ),
        pytest.param("zones:\n", "zones: 1\nx:\n", "zones is a text", id="no zones"),
        pytest.param(
            "providers:\n", "providers: 1\nx:\n", "providers is a text", id="no providers"
        ),
        pytest.param("    directory: zones\n", "", "config has no directory", id="no directory"),
        pytest.param(
            "class: octodns_route53", "klass: octodns_route53", "has no class", id="class"
        ),
        pytest.param("there: {", "x: 1\n  there: {", "provider x has no options", id="no options"),
        pytest.param(
            "providers:", "manager: {processors: x}\nproviders:", "processors of the", id="m"
        ),
        pytest.param("providers:", "processors: {p: {a: 1}}\nproviders:", "p has no class", id="p"),
    ],
)
def test_what_is_wrong(tmp_path: Path, old: str, new: str, what: str) -> None:
    config = configured()
    assert old in config
    files = {"config.yaml": config.replace(old, new, 1), "zones/example.com.yaml": ""}
    message = refusal(tmp_path, files)
    assert what in message
    assert message.startswith("config.yaml:")


def test_a_zone_twice(tmp_path: Path) -> None:
    more = "  EXAMPLE.com.: {sources: [config], targets: [there]}\n"
    files = {"config.yaml": configured(more=more), "zones/example.com.yaml": ""}
    assert "zone EXAMPLE.com. stands here a second time" in refusal(tmp_path, files)
