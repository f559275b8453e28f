"""P20: what other tools would publish, made ready to answer, beside reading it in other ways.

As a program, ``python -m tests.bench.plan_load ROUNDS``, it measures in a process that has read
nothing else, and prints seconds of CPU as JSON, by tool.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.bench.child import run
from tests.bench.goals import ratios, row
from tests.bench.rounds import cpu_seconds, interleaved

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.bed import Bed
    from tests.bench.goals import Row
    from tests.bench.size import Size

PLAN, CONFIG = "plan.json", "config.yaml"
ORIGIN = "example.com"


def plan_loading(bed: Bed, size: Size) -> list[Row]:
    """Read a plan of Terraform and a zone of octoDNS as ``--mail-proposed`` does."""
    count = size.items // 5
    files = {
        PLAN: json.dumps(plan(count)),
        CONFIG: "providers:\n"
        "  files: {class: octodns.provider.yaml.YamlProvider, directory: .}\n"
        "  out: {class: octodns_bind.Rfc2136Provider}\n"
        "zones: {example.com.: {sources: [files], targets: [out]}}\n",
        f"{ORIGIN}.yaml": "".join(map(zone_lines, range(count))),
    }
    project = bed.project(f"plans-{size.items}", files)
    command = [sys.executable, "-m", "tests.bench.plan_load", str(size.rounds)]
    tools: dict[str, dict[str, list[float]]] = json.loads(run(command, project).output)
    return [
        row(
            f"P20 {tool}",
            ratios(times["ours"], times["yardstick"]),
            f"{median(times['ours']):.3f} s against {median(times['yardstick']):.3f}",
        )
        for tool, times in tools.items()
    ]


def data(number: int) -> tuple[str, str]:
    """Return type and data of a record, by its *number*."""
    if number % 2:
        return "MX", f"10 mx{number}.{ORIGIN}."
    return "A", f"192.0.{number // 250 % 250}.{number % 250}"


def plan(count: int) -> dict[str, Any]:
    """Return a plan of Terraform that creates so many records, as ``show -json`` writes it."""
    zone = {"zone_id": "Z1", "name": ORIGIN, "vpc": []}
    changes: list[dict[str, Any]] = [
        {
            "address": "aws_route53_zone.z",
            "mode": "managed",
            "type": "aws_route53_zone",
            "name": "z",
            "change": {"actions": ["no-op"], "before": zone, "after": zone},
        }
    ]
    for number in range(count):
        rdtype, value = data(number)
        after = {
            "zone_id": "Z1",
            "name": f"n{number}",
            "type": rdtype,
            "ttl": 300,
            "records": [value],
            "alias": [],
        }
        changes.append(
            {
                "address": f'aws_route53_record.r["{number}"]',
                "mode": "managed",
                "type": "aws_route53_record",
                "name": "r",
                "index": str(number),
                "change": {
                    "actions": ["create"],
                    "before": None,
                    "after": after,
                    "after_unknown": {"id": True, "fqdn": True},
                    "after_sensitive": {"records": [False]},
                },
            }
        )
    return {"format_version": "1.2", "resource_changes": changes}


def zone_lines(number: int) -> str:
    """Return a record of a zone as octoDNS has it."""
    rdtype, value = data(number)
    preference, _, exchange = value.rpartition(" ")
    told = f"{{preference: {preference}, exchange: {exchange}}}" if preference else value
    return f"n{number}:\n  type: {rdtype}\n  value: {told}\n"


def main(rounds: int) -> None:
    """Measure in this process, among the files of a project."""
    logging.disable(
        logging.WARNING
    )  # octoDNS warns of what it was not told, and figures stand here
    timed: dict[str, dict[str, Callable[[], float]]] = {
        "terraform": {
            "ours": cpu_seconds(lambda: proposed(PLAN)),
            "yardstick": cpu_seconds(read_by_dnspython),
        },
        "octodns": {
            "ours": cpu_seconds(lambda: proposed(CONFIG)),
            "yardstick": cpu_seconds(read_by_octodns),
        },
    }
    sys.stdout.write(json.dumps({t: interleaved(rounds, each) for t, each in timed.items()}))


def proposed(file: str) -> object:
    """Read *file* as a run does that is to judge it."""
    from mailcheck.proposals import ProposedFiles
    from mailcheck.world.proposed import read_proposals
    from mailcheck.world.proposed.patch.patch import Patch

    here = Path.cwd()
    patch = read_proposals([ProposedFiles(here / file)], here).zones[ORIGIN]
    assert isinstance(patch, Patch)
    assert patch.replaced
    return patch


def read_by_dnspython() -> object:
    """Read what the resources of the plan have, and no more."""
    from dns.rdata import from_text

    said = json.loads(Path(PLAN).read_text("utf-8"))
    records = [one["change"]["after"] for one in said["resource_changes"][1:]]
    return [from_text("IN", one["type"], value) for one in records for value in one["records"]]


def read_by_octodns() -> object:
    """Read the zone as octoDNS does before it compares it with what is there."""
    from octodns.provider.yaml import YamlProvider
    from octodns.zone import Zone

    zone = Zone(f"{ORIGIN}.", [])
    YamlProvider("files", ".", enforce_order=False).populate(zone)
    assert zone.records
    return zone


if __name__ == "__main__":
    main(int(sys.argv[1]))
