"""A lab that stands beside the test, for whoever is to ask it as the network."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mailcheck.lab import Lab, read_lab

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INTERNET = """\
lab: 1
title: A root, two registries, a domain, and resolvers of every kind
servers:
  a.root.example:
    address: 192.0.2.10
    zones:
      .: |
        $TTL 3600
        @ SOA a.root.example. hostmaster.root.example. 1 7200 3600 1209600 300
        @ NS a.root.example.
        a.root.example. A 192.0.2.10
        com. NS a.gtld.com.
        a.gtld.com. A 192.0.2.11
        org. NS a.gtld.com.
  a.gtld.com:
    address: 192.0.2.11
    zones:
      com: |
        $TTL 3600
        @ SOA a.gtld hostmaster.gtld 1 7200 3600 1209600 300
        @ NS a.gtld
        a.gtld A 192.0.2.11
        example NS ns1.example
        ns1.example A 192.0.2.53
      org: |
        $TTL 3600
        @ SOA a.gtld.com. hostmaster.gtld.com. 1 7200 3600 1209600 300
        @ NS a.gtld.com.
  ns1.example.com:
    address: 192.0.2.53
    zones:
      example.com: |
        $TTL 3600
        @ SOA ns1 hostmaster 1 7200 3600 1209600 300
        @ NS ns1
        ns1 A 192.0.2.53
        @ MX 10 mail
        mail A 203.0.113.25
resolvers:
  honest: {address: 192.0.2.1}
  liar: {address: 192.0.2.2, rewrites: 203.0.113.99}
  silent: {address: 192.0.2.3, faults: silent}
  broken: {address: 192.0.2.4, faults: servfail}
"""


@contextmanager
def standing(folder: Path, text: str = INTERNET) -> Iterator[dict[str, str]]:
    """Let the lab stand; give where each declared address is, as ``--mail-resolver`` takes it."""
    path = folder / "standing.yml"
    path.write_text(text, "utf-8")
    started: Future[dict[str, str]] = Future()
    over = threading.Event()

    async def stand() -> None:
        lab = Lab(read_lab(path, "standing.yml"))
        try:
            await lab.start()
            real = {declared[0]: real for declared, real in lab.detours.items()}
            started.set_result(
                {address: f"{host}:{port}" for address, (host, port) in real.items()}
            )
        except BaseException as error:
            started.set_exception(error)
            raise
        await asyncio.to_thread(over.wait)
        await lab.close()

    thread = threading.Thread(target=asyncio.run, args=(stand(),))
    thread.start()
    try:
        yield started.result()
    finally:
        over.set()
        thread.join()
