"""A DMARC record as it should stand, made of what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.dmarc.meant import enough, meant
from mailcheck.facts.dmarc.published import owner_name
from mailcheck.facts.txt import txt_record
from mailcheck.facts.typed_text import MAX_READ, MAX_SHOWN

if TYPE_CHECKING:
    from mailcheck.facts.dmarc.published import PublishedDmarcFact
    from mailcheck.facts.dmarc.record import DmarcRecord, Policy


def mended(*texts: bytes, changes: dict[str, str | None] | None = None) -> bytes:
    """Return one record as RFC 9989 wants it that says what *texts* were meant to say.

    Tags are replaced by *changes*; None takes one away. What receivers ignore is left out, and what
    nobody can read: a policy becomes none then, which they take it for.
    """
    values: dict[str, str | None] = {**meant(*texts), **(changes or {})}
    policy = values.pop("p", None) or "none"
    values = {"v": "DMARC1", "p": policy, **values}
    return "; ".join(f"{name}={value}" for name, value in values.items() if value).encode()


def republished(
    record: DmarcRecord, changes: dict[str, str | None] | None = None, *beside: bytes
) -> tuple[str, ...]:
    """Return the mended *record* in zone-file form, where it stands; nothing if it is too long.

    It says too what the texts *beside* it were meant to say.
    """
    texts = (record.text, *beside)
    return _shown(record.owner, mended(*texts, changes=changes), of=texts)


def beside(own: PublishedDmarcFact, record: DmarcRecord) -> tuple[bytes, ...]:
    """Return the texts beside *record* that may have been meant to be the rest of it."""
    return own.alike if record in own.records and "p" not in record.values else ()


def in_one(domain: str, owner: str, *texts: bytes, policy: Policy = "none") -> tuple[str, ...]:
    """Return one record of *domain* at *owner*, which says what *texts* were meant to say.

    It asks for *policy* at least. If they say nothing, it is a first record; if it is too long, nothing.
    """
    said = meant(*texts)
    if not said and sum(map(len, texts)) <= MAX_READ:
        return first_record(domain, policy, owner)
    return _shown(owner, mended(*texts, changes=enough(said, policy)), of=texts)


def first_record(
    domain: str, policy: str = "none", owner: str = "", *, mailbox: bool = True
) -> tuple[str, ...]:
    """Return a record for a *domain* that has none, perhaps with a stand-in for the *mailbox*."""
    rua = f"; rua={stand_in(domain)}" if mailbox else ""
    return (txt_record(owner or owner_name(domain), f"v=DMARC1; p={policy}{rua}".encode()),)


def stand_in(domain: str) -> str:
    """Return the URI of a mailbox that *domain* may give for its reports."""
    return f"mailto:dmarc@{domain}"


def _shown(owner: str, text: bytes, *, of: tuple[bytes, ...]) -> tuple[str, ...]:
    too_long = len(text) > MAX_SHOWN or sum(map(len, of)) > MAX_READ
    return () if too_long else (txt_record(owner, text),)
