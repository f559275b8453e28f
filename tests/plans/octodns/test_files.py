"""Where the files of zones are looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plans.octodns.projects import configured, plan_of, refusal, said, written

if TYPE_CHECKING:
    from pathlib import Path

A = "www: {type: A, value: 192.0.2.1}\n"


@pytest.mark.parametrize(
    "folder",
    [
        pytest.param("dns/prod/zones", id="beside the configuration"),
        pytest.param("dns/zones", id="one above"),
        pytest.param("zones", id="at the top, where octoDNS is run"),
    ],
)
def test_the_folder_is_found(tmp_path: Path, folder: str) -> None:
    written(tmp_path, {"dns/prod/config.yaml": configured(), f"{folder}/example.com.yaml": A})
    plan = plan_of(tmp_path, "dns/prod/config.yaml")
    assert plan.rrsets[0].place.file == f"{folder}/example.com.yaml"


def test_two_folders_could_be_meant(tmp_path: Path) -> None:
    files = {
        "dns/config.yaml": configured(),
        "dns/zones/example.com.yaml": A,
        "zones/example.com.yaml": "",
    }
    message = refusal(tmp_path, files, "dns/config.yaml")
    assert "dns/zones/example.com.yaml and zones/example.com.yaml are both there" in message


def test_a_zone_in_u_labels_and_in_a_labels(tmp_path: Path) -> None:
    zones = "  bücher.example.: {sources: [config], targets: [there]}\n"
    files = {
        "config.yaml": configured(zones=zones),
        "zones/bücher.example.yaml": A,
        "zones/xn--bcher-kva.example.yaml": A,
    }
    assert "are both there" in refusal(tmp_path, files)
    (tmp_path / "zones/bücher.example.yaml").unlink()
    plan = plan_of(tmp_path, "config.yaml")
    assert list(said(plan)) == [("www.xn--bcher-kva.example", "A", "")]


def test_a_file_outside_is_not_read(tmp_path: Path) -> None:
    config = configured().replace("directory: zones", "directory: ../zones")
    written(tmp_path, {"zones/example.com.yaml": A, "repo/config.yaml": config})
    assert "has no file in provider config" in refusal(tmp_path / "repo", {})


@pytest.mark.parametrize(
    ("options", "files", "found"),
    [
        pytest.param(
            "    split_extension: .\n",
            {"zones/example.com./a.yaml": A, "zones/example.com./b.yaml": "b: {type: A, value: 192.0.2.2}"},
            {"www.example.com", "b.example.com"},
            id="split",
        ),
        pytest.param(
            "    split_extension: .\n    disable_zonefile: true\n",
            {"zones/example.com./a.yaml": A, "zones/example.com.yaml": "b: 1"},
            {"www.example.com"},
            id="without the file of the zone",
        ),
        pytest.param(
            "    shared_filename: all.yaml\n",
            {"zones/example.com.yaml": A, "zones/all.yaml": "b: {type: A, value: 192.0.2.2}"},
            {"www.example.com", "b.example.com"},
            id="a shared file",
        ),
        pytest.param(
            "    default_ttl: 5\n    split_catchall: false\n    supports_root_ns: false\n",
            {"zones/example.com.yaml": A},
            {"www.example.com"},
            id="options that decide nothing here",
        ),
    ],
)  # fmt: skip
def test_which_files_count(
    tmp_path: Path, options: str, files: dict[str, str], found: set[str]
) -> None:
    written(tmp_path, {"config.yaml": configured(options=options), **files})
    plan = plan_of(tmp_path, "config.yaml")
    assert {one.name for one in plan.rrsets} == found
    assert {one.ttl for one in plan.rrsets} == {5 if "default_ttl" in options else 3600}


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ("    ignore_missing_zones: true\n", "there is no zone in its directory zones"),
        ("    new_option: 1\n", "its option new_option is not understood"),
        ("    default_ttl: env/TTL\n", "its default_ttl is in the variable TTL of the environment"),
        ("    shared_filename: 1\n", "its shared_filename is no text"),
        ("", "has no file in provider config; expected zones/example.com.yaml"),
    ],
)
def test_what_is_not_found(tmp_path: Path, options: str, what: str) -> None:
    assert what in refusal(tmp_path, {"config.yaml": configured(options=options)})


def test_a_folder_in_the_environment(tmp_path: Path) -> None:
    config = configured().replace("directory: zones", "directory: env/ZONES/zones")
    message = refusal(tmp_path, {"config.yaml": config, "zones/example.com.yaml": A})
    assert "provider config: its directory is in the variable ZONES of the environment" in message


def test_a_folder_of_the_machine_where_octodns_is_run(tmp_path: Path) -> None:
    config = configured().replace("directory: zones", "directory: /octodns/config")
    message = refusal(tmp_path, {"config.yaml": config})
    assert "write its directory as seen from the project; or propose what octoDNS" in message


def test_a_secret_of_a_provider_that_is_not_needed(tmp_path: Path) -> None:
    written(tmp_path, {"config.yaml": configured(), "zones/example.com.yaml": A})
    assert said(plan_of(tmp_path, "config.yaml"))
