"""What all tests share: no network but loopback, and the real servers where they are installed."""

from __future__ import annotations

import ipaddress
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from mailcheck.probes.routes import PUBLIC_V4, PUBLIC_V6

EXTRA = (
    *("aiosmtpd", "httpx2", "hypothesis", "importlinter", "pytest_timeout", "spf", "trustme"),
    "xdist",
)
"""What the tests import, and who only uses mailcheck need not have."""

MISSING = [name for name in EXTRA if find_spec(name) is None]

if "hypothesis" not in MISSING:
    from hypothesis import settings

    # A deadline is a timed assertion, and this machine may be busy.
    settings.register_profile("untimed", deadline=None)
    settings.load_profile("untimed")

pytest_plugins = ["pytester"]

# The suite that README.md shows has a failure to show.
collect_ignore = ["readme"]

SERVERS = {
    "named": "bind9",
    "nsd": "nsd",
    "nsd-control": "nsd",
    "dig": "bind9-dnsutils",
    "unbound": "unbound",
    "unbound-control": "unbound",
    "rbldnsd": "rbldnsd",
    "postfix": "postfix",
    "dovecot": "dovecot-imapd",
    "nginx": "nginx-light",
    "ip": "iproute2",
    "nft": "nftables",
    "dnsperf": "dnsperf",
}
"""The real servers and tools that tests/servers/ and tests/bench/ use, and their Debian packages."""

UNPACKED = {"exim4": "exim4-daemon-light"}
"""Those whose package would throw out another one: they are unpacked, and not installed."""

SHELF = Path("/var/cache/mailcheck-tests")
"""Where they are unpacked, each in a folder of its own, for every clone on this machine."""

# What is missing of the package and of what it needs is fetched, as if to install it. No program
# keeps its set-user-ID bit: nobody updates what lies here.
_UNPACK = """
set -eu
umask 022
rm -rf "$2.new"
mkdir -p "$2.new/archives/partial"
apt-get -qq install -y --download-only --no-install-recommends \\
    -o "Dir::Cache::Archives=$2.new/archives" "$1"
for archive in "$2.new"/archives/*.deb; do dpkg --extract "$archive" "$2.new"; done
rm -r "$2.new/archives"
chmod -R u-s,g-s "$2.new"
mv "$2.new" "$2"
"""

# Debian installs daemons where an ordinary user's PATH does not look.
SEARCH_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))

_SHELVES = [str(SHELF / package / "usr" / "sbin") for package in UNPACKED.values()]


NOWHERE = (PUBLIC_V4, (*PUBLIC_V6, 0, 0))
"""Where the kernel is asked for a route: connecting a datagram socket sends nothing."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--install-servers",
        action="store_true",
        help="Install the real servers that tests/servers/ uses, with apt-get, as root or with "
        "sudo. Without it, tests that need a missing server are skipped.",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "servers(*names): needs these real servers; skipped where one is missing"
    )
    is_worker = hasattr(config, "workerinput")
    if config.getoption("--install-servers") and not is_worker:
        install_servers()
    sys.addaudithook(refuse_strangers)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart() -> None:
    """Say what to install before anything is collected; ``pytest --help`` comes without a session.

    This file is loaded for that as well: tests/ is the first of the folders pytest looks into.
    """
    if MISSING:
        raise pytest.UsageError(
            f"the tests of mailcheck need {', '.join(MISSING)}: pip install -e '.[test]'\n"
            "the suites need nothing more: pytest suites/"
        )


def install_servers() -> None:
    """Install what is missing from the distribution's packages, without starting any service.

    What would throw out another server is unpacked beside it.
    """
    missing = {package for tool, package in SERVERS.items() if server_path(tool) is None}
    unpacked = {package for tool, package in UNPACKED.items() if server_path(tool) is None}
    if not missing | unpacked:
        return
    if shutil.which("apt-get") is None:
        by_hand = ", ".join(sorted(missing | unpacked))
        raise pytest.UsageError(f"--install-servers needs apt-get; install by hand: {by_hand}")
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    commands = [["apt-get", "-qq", "update"]]
    if missing:
        install = ["apt-get", "-qq", "install", "-y", "--no-install-recommends"]
        commands.append([*install, *sorted(missing)])
    commands += [["sh", "-c", _UNPACK, "sh", one, str(SHELF / one)] for one in sorted(unpacked)]
    for command in commands:
        subprocess.run([*as_root, *command], check=True, env=quiet)


def server_path(name: str) -> str | None:
    """Return where the server *name* is installed, or unpacked, or None."""
    return shutil.which(name, path=os.pathsep.join((SEARCH_PATH, *_SHELVES)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("servers"):
        missing = [name for name in marker.args if server_path(name) is None]
        if missing and os.environ.get("CI") == "true":
            pytest.fail(f"CI must have {', '.join(missing)}: run with --install-servers")
        if missing:
            pytest.skip(f"needs {', '.join(missing)}: run with --install-servers")


def refuse_strangers(event: str, args: tuple[Any, ...]) -> None:
    """Fail on any packet that would leave the machine, whatever code sends it."""
    if event not in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        return
    address = args[1]
    if not isinstance(address, tuple):  # a UNIX socket, or a datagram socket already connected
        return
    host = address[0]
    if host in ("", "localhost") or (event == "socket.connect" and address in NOWHERE):
        return
    if not ipaddress.ip_address(host.partition("%")[0]).is_loopback:
        raise AssertionError(f"a test tried to reach {host}; tests stay on loopback")


@pytest.fixture
def repository() -> Path:
    """The root of the checkout."""
    return Path(__file__).parent.parent
