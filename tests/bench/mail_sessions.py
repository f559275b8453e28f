"""P13, P14: SMTP sessions with STARTTLS, beside a script that talks to the same server."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any, Self

import trustme

from tests.bench import mail_server, zones
from tests.bench.child import Cost, environment, run
from tests.bench.goals import ratios, row
from tests.bench.holding import SESSIONS, address
from tests.bench.rounds import interleaved

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bench.bed import Bed
    from tests.bench.goals import Row
    from tests.bench.size import Size

FAR_MS = 50
"""How long a mail server takes for each reply."""

WAYS = ("raw", "probe", "engine")

SENTENCES = ("SMTP port 25 accepts", "SMTP port 25 of mail.{domain} accepts")
"""What a run says about each domain: two sentences that need the same session."""


def mail_sessions(bed: Bed, size: Size) -> list[Row]:
    """Hold the same sessions in every way, near; and a whole run far away, counted at its server."""
    count = max(1, size.domains // 10)
    near: dict[str, list[Cost]] = {}
    if size.wants("P13"):
        near = interleaved(size.rounds, {way: partial(_held, bed, way, count) for way in WAYS})
    far = [_run(bed, count) for _ in range(size.rounds)]
    return [*_near(near), _far([cost for cost, _ in far], count), _counted([c for _, c in far])]


class MailServer:
    """The server as its user sees it: a port, and what it saw once it has ended."""

    def __init__(self, folder: Path, delay_ms: float = 0) -> None:
        certificate = folder / "mail.pem"
        if not certificate.exists():
            made = trustme.CA().issue_cert(mail_server.NAME)
            made.private_key_and_cert_chain_pem.write_to_path(str(certificate))
        self._process = subprocess.Popen(
            [sys.executable, mail_server.__file__, str(certificate), str(delay_ms)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
            start_new_session=True,  # Ctrl-C is for us to hear
            text=True,
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def end(self) -> dict[str, Any]:
        """End the server; return its ``sessions``, how many are ``distinct``, the ``most`` at once."""
        if self._process.poll() is not None:
            return {}
        output, _ = self._process.communicate()
        counts: dict[str, Any] = json.loads(output)
        return counts

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


def _held(bed: Bed, way: str, count: int) -> Cost:
    """Hold *count* sessions in one way of :mod:`tests.bench.holding`; costs are those of one."""
    with MailServer(bed.folder) as server:
        command = [sys.executable, "-m", "tests.bench.holding", way, str(server.port), str(count)]
        cost = run(command, bed.folder)
    seconds = json.loads(cost.output)
    return Cost(seconds["wall"] / count, seconds["cpu"] / count, cost.peak)


def _run(bed: Bed, count: int) -> tuple[Cost, dict[str, Any]]:
    """Run pytest on the sentences about *count* domains; also return what the server counted."""
    passed = f"{count * len(SENTENCES)} passed"
    with MailServer(bed.folder, FAR_MS) as server:
        cost = run(bed.mailcheck("-q"), _project(bed, count, server.port), passed)
        return cost, server.end()


def _project(bed: Bed, count: int, port: int) -> Path:
    """Return the project whose hosts are all at the server's *port*, each at its own address."""
    detours = "".join(
        f"    {zones.address(number)}:25:{address(number)}:{port}\n" for number in range(count)
    )
    files = {
        "pytest.ini": f"[pytest]\nmail_connect_to =\n{detours}",
        "suite.yml": zones.suite(SENTENCES),
        "domains.txt": "".join(f"{domain}\n" for domain in zones.domains(count)),
    }
    return bed.project(f"mail-{count}-{port}", files)


def _near(costs: dict[str, list[Cost]]) -> list[Row]:
    """Compare sessions a second, and the CPU of one."""
    rows = []
    for key, way in {"P13": "probe", "P13 engine": "engine"}.items() if costs else ():
        walls, cpus = (
            [[getattr(cost, name) for cost in costs[one]] for one in ("raw", way)]
            for name in ("wall", "cpu")
        )
        taken, theirs = (f"{1 / median(each):,.0f}/s" for each in reversed(walls))
        detail = f"{taken} against {theirs}; CPU {median(cpus[1]) * 1e3:.2f} ms against "
        detail += f"{median(cpus[0]) * 1e3:.2f}"
        rows.append(row(key, ratios(*walls), detail, ratios(*cpus)))
    return rows


def _far(costs: list[Cost], count: int) -> Row:
    """Compare a whole run with sessions that never wait for anything but their server."""
    ideal = count * mail_server.STAGES * FAR_MS / 1000 / SESSIONS
    taken = [cost.wall for cost in costs]
    detail = f"{median(taken):.2f} s against {ideal:.2f} for {count:,} hosts, start included"
    return row("P13 far", [seconds / ideal for seconds in taken], detail)


def _counted(counts: list[dict[str, Any]]) -> Row:
    last = counts[-1]
    detail = (
        f"{last['sessions']} sessions, {last['distinct']} distinct, at most {last['most']} at once"
    )
    return row("P14", [each["sessions"] / each["distinct"] for each in counts], detail)
