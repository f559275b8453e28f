"""Where records come from, if not from YAML files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plans.octodns.projects import configured, plan_for, refusal, said

if TYPE_CHECKING:
    from pathlib import Path


def config(source: str, order: str = "config, more") -> str:
    zones = f"  example.com.: {{sources: [{order}], targets: [there]}}\n"
    return configured(zones=zones).replace("zones:\n  ex", f"  more: {{{source}}}\nzones:\n  ex")


def test_a_text_in_the_environment(tmp_path: Path) -> None:
    source = "class: octodns.source.envvar.EnvVarSource, variable: HOME, name: deploy"
    assert said(plan_for(tmp_path, "", config(source))) == {
        ("deploy.example.com", "TXT", ""): ("its text is in the variable HOME",)
    }


@pytest.mark.parametrize(
    ("records", "source", "what"),
    [
        pytest.param("", "class: octodns_bind.ZoneFileSource, directory: x",
            "propose the master files themselves; or propose what octoDNS plans", id="master files"),
        pytest.param("", "class: octodns_route53.Route53Provider",
            "what provider more (octodns_route53.Route53Provider) has of it is not in files", id="an API"),
        pytest.param("", "class: octodns.source.envvar.EnvVarSource, variable: [1], name: a", "is no text", id="no name"),
    ],
)  # fmt: skip
def test_what_is_not_known(tmp_path: Path, records: str, source: str, what: str) -> None:
    files = {"config.yaml": config(source), "zones/example.com.yaml": records}
    message = refusal(tmp_path, files)
    assert what in message
