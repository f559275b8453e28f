"""Authoritative servers on a loopback port, without a namespace: named and nsd, the same zones."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import subprocess
from typing import TYPE_CHECKING

import dns.exception
import dns.message
import dns.query

from .namespace import unconfined
from .nsd import write_configuration

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_HERE = ipaddress.IPv4Address("127.0.0.1")

_NAMED = """\
options {{
  directory "{folder}"; pid-file none; session-keyfile none; managed-keys-directory "{folder}";
  listen-on port {port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};
  recursion no; allow-transfer {{ none; }}; dnssec-validation no; notify no;
  check-names primary warn;  # as named-checkzone: named alone would refuse "a_b A"
}};
controls {{ }};
"""

_COMMAND = {"named": ("-g", "-c"), "nsd": ("-d", "-c")}


@contextlib.contextmanager
def serving(program: str, zones: Mapping[str, str], folder: Path, *arguments: str) -> Iterator[int]:
    """Run *program*, ``named`` or ``nsd``, with *zones* in master file format, by origin.

    It is given more *arguments*, if there are any. Yields its port at 127.0.0.1, for UDP and TCP.
    """
    port = _free_port()
    write = {"named": _write_named, "nsd": _write_nsd}[program]
    configuration = write(folder, zones, port)
    log = folder / f"{program}.log"
    command = [unconfined(program, folder), *arguments, *_COMMAND[program], str(configuration)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            _wait_until_it_answers(process, port, log, next(iter(zones)))
            yield port
        finally:
            process.terminate()
            process.wait()


def _write_named(folder: Path, zones: Mapping[str, str], port: int) -> Path:
    text = _NAMED.format(folder=folder, port=port)
    for origin, records in zones.items():
        path = folder / f"{origin}.zone"
        path.write_text(records)
        text += f'zone "{origin}" {{ type primary; file "{path}"; }};\n'
    configuration = folder / "named.conf"
    configuration.write_text(text)
    return configuration


def _write_nsd(folder: Path, zones: Mapping[str, str], port: int) -> Path:
    return write_configuration(folder, zones, address=_HERE, port=port)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_it_answers(
    process: subprocess.Popen[bytes], port: int, log: Path, zone: str
) -> None:
    """Ask for a zone until it is there; neither program serves one before all are loaded."""
    query = dns.message.make_query(zone, "SOA")
    for _ in range(100):
        assert process.poll() is None, log.read_text()
        try:
            if dns.query.udp(query, "127.0.0.1", port=port, timeout=0.1).answer:
                return
        except (dns.exception.Timeout, OSError):
            continue
    raise AssertionError(f"{log.stem} does not answer: {log.read_text()}")
