"""Puts DNS queries on the wire inside a namespace, and hands back what came.

A JSON line for each on standard input: ``server``, ``name``, ``type``, and if wanted ``recursive``,
``unchecked`` (CD set), ``tries`` and ``answered`` (only a response that holds records will do). The answer to each, in
order, is a JSON line: the response in hexadecimal digits, or null if none came.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import dns.exception
import dns.flags
import dns.message
import dns.query

SECONDS = 5.0
"""How long one try may take that is the only one."""

SHORT = 0.1
"""How long each may take of several, in seconds: the server is just being started."""

PAUSE = 0.05
"""Seconds between tries where the server answers at once, and not what is waited for."""


def response(asked: dict[str, Any]) -> str | None:
    """Return the first response, None after the last try."""
    flags = dns.flags.RD if asked.get("recursive") else 0
    flags |= dns.flags.CD if asked.get("unchecked") else 0
    query = dns.message.make_query(
        asked["name"], asked["type"], flags=flags, use_edns=0, payload=4096
    )
    tries = asked.get("tries", 1)
    for _ in range(tries):
        try:
            said = dns.query.udp(query, asked["server"], timeout=SECONDS if tries == 1 else SHORT)
        except (dns.exception.Timeout, OSError):
            continue
        if said.answer or not asked.get("answered"):
            return said.to_wire().hex()
        time.sleep(PAUSE)
    return None


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(response(json.loads(line))) + "\n")
