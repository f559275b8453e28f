"""P18: a zone file made ready to answer, beside dnspython's zone of the same file.

As a program, ``python -m tests.bench.zone_load FILE ROUNDS``, it measures in a process that has
read nothing else, and prints seconds of CPU as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.bench import zones
from tests.bench.child import run
from tests.bench.goals import ratios, row
from tests.bench.rounds import cpu_seconds, interleaved

if TYPE_CHECKING:
    from tests.bench.bed import Bed
    from tests.bench.goals import Row
    from tests.bench.size import Size

ORIGIN = "test"

FILE = "test.zone"


def zone_loading(bed: Bed, size: Size) -> list[Row]:
    """Read a zone as ``--mail-proposed`` does: every rule of a server that loads it among it."""
    text = f"$ORIGIN {ORIGIN}.\n{zones.served_zone(size.items // 4, 0)}"
    project = bed.project(f"zone-{size.items}", {FILE: text})
    command = [sys.executable, "-m", "tests.bench.zone_load", FILE, str(size.rounds)]
    times: dict[str, list[float]] = json.loads(run(command, project).output)
    detail = f"{median(times['ours']):.3f} s against {median(times['yardstick']):.3f}"
    return [row("P18", ratios(times["ours"], times["yardstick"]), detail)]


def main(path: Path, rounds: int) -> None:
    """Measure in this process."""
    import dns.zone

    from mailcheck.proposals import ProposedFiles
    from mailcheck.world.proposed import ProposedZone, read_proposals

    def ours() -> object:
        zone = read_proposals([ProposedFiles(path)], path.parent).zones[ORIGIN]
        assert isinstance(zone, ProposedZone)
        zone.said(f"ns1.{ORIGIN}", "A")
        return zone

    def yardstick() -> object:
        zone = dns.zone.from_file(str(path), f"{ORIGIN}.", relativize=False)
        zone.find_rdataset(f"ns1.{ORIGIN}.", "A")
        return zone

    timed = {"ours": cpu_seconds(ours), "yardstick": cpu_seconds(yardstick)}
    sys.stdout.write(json.dumps(interleaved(rounds, timed)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
