"""Asks mailcheck's live world inside a namespace, and hands back what it concludes.

The arguments are the run's resolvers. A JSON line for each question on standard input: ``name``,
``type``, and ``server`` if one server is to be asked (``recursive`` if it is asked as a resolver).
The conclusion on each, in order, is a JSON line with the fields of a fact, or with ``cause``.
"""

from __future__ import annotations

import asyncio
import datetime
import json
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from mailcheck.facts.dns import DnsAnswer, DnsQuery, NameServer, ServerQuery
from mailcheck.names import parse_address
from mailcheck.question import Unobserved
from mailcheck.settings import settings_of
from mailcheck.world.opening import open_live

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailcheck.question import Fact

AT_ONCE = 100
"""Questions open at a time."""

_TODAY = datetime.date(2026, 1, 31)


def conclusions(
    questions: Sequence[DnsQuery | ServerQuery], resolvers: Sequence[str]
) -> list[Fact | Unobserved]:
    """Ask each question once and return what the world concludes, in their order."""
    loop = asyncio.new_event_loop()
    settings = settings_of({"mail_live": True, "mail_resolver": resolvers})
    opened = loop.run_until_complete(open_live(settings, _TODAY))
    concluded: dict[int, Fact | Unobserved] = {}
    for number, question in enumerate(questions):
        opened.world.answer(question, partial(concluded.__setitem__, number))
        while number + 1 - len(concluded) >= AT_ONCE:
            opened.world.step()
    while len(concluded) < len(questions):
        opened.world.step()
    loop.run_until_complete(opened.close())
    loop.close()
    return [concluded[number] for number in range(len(questions))]


def _question(asked: dict[str, Any]) -> DnsQuery | ServerQuery:
    if "server" not in asked:
        return DnsQuery(asked["name"], asked["type"])
    server = NameServer(parse_address(asked["server"]))
    return ServerQuery(asked["name"], asked["type"], server, asked.get("recursive", False))


def shown(concluded: Fact | Unobserved) -> dict[str, Any]:
    """Return a fact, or why there is none, as plain values, without times."""
    if isinstance(concluded, Unobserved):
        evidence = " ".join(f"{line.result} {line.source}" for line in concluded.evidence)
        return {"cause": concluded.cause, "text": concluded.text, "evidence": evidence}
    assert isinstance(concluded, DnsAnswer)
    return {
        "status": concluded.status,
        "records": list(concluded.texts),
        "aliases": list(concluded.aliases),
        "ttl": concluded.ttl,
        "authoritative": concluded.authoritative,
        "authenticated": concluded.authenticated,
        "denier": concluded.denier,
        "cut": concluded.cut,
        "delegated_to": list(concluded.delegated_to),
        "glue": sorted(str(server) for server in concluded.glue),
        "transport": concluded.source.transport,
    }


if __name__ == "__main__":
    asked = [_question(json.loads(line)) for line in sys.stdin]
    for concluded in conclusions(asked, sys.argv[1:]):
        sys.stdout.write(json.dumps(shown(concluded)) + "\n")
