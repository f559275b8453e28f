"""Sessions with every address of a host, over IMAP."""

from __future__ import annotations

from mailcheck.engine import Engine
from mailcheck.facts.dns import told
from mailcheck.facts.imap.hosts import ImapHostSessions
from mailcheck.facts.imap.session import ImapSessionFact
from mailcheck.facts.imap.told import told_imap
from mailcheck.finding import Finding, met
from mailcheck.world.told import ToldWorld


def test_every_address_is_asked_by_the_name_of_the_host() -> None:
    seen: list[object] = []

    async def judge() -> Finding:
        held = await ImapHostSessions("mail.example.com", 143)
        seen.extend(session for _, session in held.sessions)
        return met()

    at = "mail.example.com"
    engine = Engine(
        ToldWorld(
            (
                told(f"{at} A", "192.0.2.25"),
                told(f"{at} AAAA", "2001:db8::25"),
                told_imap(f"{at} 192.0.2.25:143"),
                told_imap(f"{at} [2001:db8::25]:143"),
            )
        )
    )
    engine.finish(engine.plan(judge))
    assert all(isinstance(session, ImapSessionFact) for session in seen)
    assert len(seen) == 2
