"""checkdmarc asked about domains, one after the other, as it does.

    python checkdmarc_audit.py PORT COUNT

Run by the Python of a virtual environment that has checkdmarc. Prints seconds per domain, without
its start. Whatever it tries to reach, nothing but loopback is reached.
"""

from __future__ import annotations

import socket
import sys
import time
from typing import Any


def refuse_strangers(event: str, args: tuple[Any, ...]) -> None:
    """Refuse to send a packet to another machine."""
    if event in ("socket.connect", "socket.sendto") and isinstance(args[-1], tuple):
        host = args[-1][0]
        if host not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(f"not to {host}: a bench stays on loopback")


def main(port: int, count: int) -> None:
    """Check the domains, and insist that checkdmarc found what is published."""
    import checkdmarc  # type: ignore[import-not-found]  # only where the bench has installed it
    from dns.nameserver import Do53Nameserver

    resolvers = [Do53Nameserver("127.0.0.1", port)]
    begun = time.perf_counter()
    for number in range(count):
        seen = checkdmarc.check_domains([f"a{number}.test"], nameservers=resolvers)
        if not (seen["mx"]["hosts"] and seen["spf"]["valid"] and seen["dmarc"]["valid"]):
            raise SystemExit(f"checkdmarc did not see what is published: {seen}")
    sys.stdout.write(f"{(time.perf_counter() - begun) / count}\n")


if __name__ == "__main__":
    sys.addaudithook(refuse_strangers)
    socket.setdefaulttimeout(10)
    main(int(sys.argv[1]), int(sys.argv[2]))
