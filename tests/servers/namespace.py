"""A network of its own, in which real servers have the addresses of a story.

A Linux network namespace has no interface but its own loopback: whatever addresses are put on it,
nothing that runs inside can reach anything outside, and two namespaces cannot meet.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

from tests.conftest import SEARCH_PATH, server_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType

    from mailcheck.names import Address

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent

PUBLIC = Path("/mnt")
"""Where a namespace's folder lies inside as well, for servers that give up the rights of root:
what pytest hands out lies below a folder that nobody else may enter."""

PATIENCE = 120
"""Seconds after which a program that runs inside is given up."""

_AS_ROOT = () if os.geteuid() == 0 else ("sudo", "-n")

# Says which process it is, then that the network is up. Everything inside ends when standard input
# does: with the process that tests, however that ends.
_LAUNCH = """
echo $$
exec unshare --net --mount --propagation=private --pid --fork --kill-child --mount-proc \\
    sh -c 'ip link set lo up && echo up && exec cat'
"""

# On a busy machine a server that waits for its turn looks like one that lost a packet, and is asked
# twice.
_PREFERRED = ("nice", "--adjustment=-15")

# Root's byte code has no place in a checkout that somebody else works in.
_ENVIRONMENT = (
    *(f"PATH={SEARCH_PATH}", f"PYTHONPATH={REPOSITORY}"),
    *("PYTHONDONTWRITEBYTECODE=1", "PYTHONUTF8=1"),
)


class NamespaceError(Exception):
    """A namespace cannot be made here, or a program inside failed; the text says why."""


class Namespace:
    """Programs that share a network of their own, and a folder for what they write.

    Use as a context manager; at its end every program inside is killed. ``standing`` are those
    whose end has not come.
    """

    standing: ClassVar[list[Namespace]] = []

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._spaces = ""
        self._launcher: subprocess.Popen[str] | None = None
        self._servers: list[subprocess.Popen[bytes]] = []
        self._logs: list[Path] = []

    def __enter__(self) -> Self:
        """Make the namespace.

        Raises:
            NamespaceError: if this machine does not let us.
        """
        self._launcher = subprocess.Popen(
            [*_AS_ROOT, "env", *_ENVIRONMENT, "sh", "-c", _LAUNCH],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._launcher.stdout is not None
        process, up = (self._launcher.stdout.readline() for _ in range(2))
        if up != "up\n":
            _, error = self._launcher.communicate()
            raise NamespaceError(error.strip())
        self._spaces = f"/proc/{process.strip()}/ns"
        self.standing.append(self)
        self.folder.chmod(0o755)
        self.run("mount", "--bind", str(self.folder), str(PUBLIC))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.standing.remove(self)
        if _AS_ROOT:
            self.run("chown", "--recursive", str(os.geteuid()), str(PUBLIC))
        assert self._launcher is not None
        self._launcher.communicate()
        for server in self._servers:
            server.wait()
        if error is not None:
            error.add_note(self.logs())

    def add_addresses(self, addresses: Iterable[Address]) -> None:
        """Give the namespace's loopback more addresses."""
        batch = "".join(
            f"address replace {a}/{a.max_prefixlen} dev lo{' nodad' if a.version == 6 else ''}\n"
            for a in addresses
        )
        self.run("ip", "-batch", "-", stdin=batch)

    def speak_to(self, there: Address, here: Address) -> None:
        """Have connections to *there* come from *here*, by default they come from *there*."""
        route = ("local", f"{there}", "dev", "lo", "table", "local", "src", f"{here}")
        self.run("ip", "route", "replace", *route)

    def use_resolver(self, resolver: Address) -> None:
        """Let programs inside find *resolver* in ``/etc/resolv.conf``."""
        configuration = self.folder / "resolv.conf"
        configuration.write_text(f"nameserver {resolver}\noptions attempts:1 timeout:5\n")
        self.run("mount", "--bind", str(configuration), "/etc/resolv.conf")

    def start(self, name: str, *command: str) -> None:
        """Start a server that stays in the foreground; *name* is for its log."""
        log = self.folder / f"{name}.log"
        self._logs.append(log)
        with log.open("ab") as output:
            server = subprocess.Popen(
                [*self._entering(), *_PREFERRED, *command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        self._servers.append(server)

    def keep_log(self, log: Path) -> None:
        """Show *log*, which a server writes itself, if something fails."""
        self._logs.append(log)

    def run(self, *command: str, stdin: str = "", check: bool = True) -> str:
        """Run a program to its end and return its output.

        Raises:
            NamespaceError: if it fails, or with *check* off if it writes to standard error.
        """
        done = subprocess.run(
            [*self._entering(), *command],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=PATIENCE,
        )
        if done.returncode if check else done.stderr:
            said = done.stderr.strip() or done.stdout.strip()
            raise NamespaceError(f"{' '.join(command)}: status {done.returncode}: {said}")
        return done.stdout

    def ask(self, program: str, questions: Sequence[dict[str, Any]], *given: str) -> list[Any]:
        """Run one of this folder's programs inside, with arguments: an answer for each question."""
        lines = "".join(json.dumps(question) + "\n" for question in questions)
        said = self.run(sys.executable, str(HERE / program), *given, stdin=lines)
        return [json.loads(line) for line in said.splitlines()]

    def logs(self) -> str:
        """Return what the servers wrote, the end of each."""
        shown = []
        for log in self._logs:
            with contextlib.suppress(OSError):
                shown.append(f"--- {log.name}\n{log.read_text(errors='replace')[-4000:]}")
        return "\n".join(shown)

    def _entering(self) -> list[str]:
        return [
            *_AS_ROOT,
            *("nsenter", f"--net={self._spaces}/net", f"--mount={self._spaces}/mnt"),
            *(f"--pid={self._spaces}/pid_for_children", "env", f"--chdir={REPOSITORY}"),
            *_ENVIRONMENT,
        ]


def unconfined(name: str, folder: Path) -> str:
    """Return a copy of the server *name* in *folder*.

    Where AppArmor is in force its profiles hold a server at ``/usr/sbin`` to the folders of the
    distribution; a copy may read what a test writes.
    """
    found = server_path(name)
    assert found is not None, f"{name} is not installed"
    folder.mkdir(exist_ok=True)
    return str(shutil.copy(found, folder / name))
