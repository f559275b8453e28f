"""A record and a policy to publish in place of those that are there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailcheck.facts.mta_sts.policy import LONGEST, MODES, MX, Policy
from mailcheck.facts.mta_sts.record import read_record
from mailcheck.facts.txt import txt_record
from mailcheck.names import to_a_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

AN_ID = "20260131T120000"
"""An id where no record is live, nor was; it has to change whenever the policy does."""

LONGEST_ID = 32
"""Letters and digits of an id (RFC 8461 §3.1)."""

A_WEEK = 604_800

_ID_FIELD = re.compile(rb"(;[ \t]*id=)[A-Za-z0-9]+")
_LIKE_AN_ID = re.compile(
    rb"(?<![=\w])id\s*=[\s\"]*([A-Za-z0-9][A-Za-z0-9_.:+-]{0,39})", re.IGNORECASE
)
_DATE = re.compile(r"20[0-9]{6}")
_LAST_NUMBER = re.compile(r"([0-9]+)([^0-9]*)\Z")
_SECONDS = re.compile(r"([0-9]{1,10})\s*(?:s|sec|seconds)?\.?", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;\"]+")


def renewed(owner: str, texts: Iterable[bytes]) -> str:
    """Return a record for *owner* in zone-file form with an id that none of the *texts* there has.

    Of one that is a record all else stays.
    """
    there = tuple(texts)
    found = [word.decode() for text in there for word in _LIKE_AN_ID.findall(text)]
    used = {re.sub(r"[^A-Za-z0-9]", "", word)[:LONGEST_ID] for word in found}
    new = next_id(max(used, key=_rank) if used else "", used)
    text = b"v=STSv1; id=%b;" % new.encode()
    if len(there) == 1 and _is_record(there[0]):
        text = _ID_FIELD.sub(rb"\g<1>" + new.encode(), there[0], count=1)
    return txt_record(owner, text)


def next_id(live: str, used: Iterable[str] = ()) -> str:
    """Return an id that follows *live* as a time or a serial does, and is none of those *used*.

    No clock is asked: two runs of one commit publish the same.
    """
    if not live:
        return AN_ID
    taken = {live, *used}
    found = live
    while found in taken:
        found = _following(found)
    return found


def lines_of(body: bytes = b"", hosts: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the lines of a policy that covers *hosts*.

    What can be read of the *body* that is served stays: mode, lifetime, hosts.
    """
    said = list(_said(body))
    modes = [value.lower() for key, value in said if key == "mode" and value.lower() in MODES]
    ages = [
        age[1] for key, value in said if key == "max_age" and (age := _SECONDS.fullmatch(value))
    ]
    entries = dict.fromkeys(
        entry for key, value in said if key == "mx" for entry in _entries(value)
    )
    mode = modes[0] if modes else "testing"
    for host in hosts if mode != "none" else ():
        if not Policy("testing", 0, tuple(entries)).covers(host):
            entries[host] = None
    lasts = min(int(ages[0]), LONGEST) if ages else A_WEEK
    named = [f"mx: {entry}" for entry in entries]
    return ("version: STSv1", f"mode: {mode}", *named, f"max_age: {lasts}")


def _is_record(text: bytes) -> bool:
    try:
        read_record(text)
    except ValueError:
        return False
    return True


def _rank(found: str) -> tuple[int, str]:
    return len(found), found


def _following(found: str) -> str:
    last = _LAST_NUMBER.search(found)
    if _DATE.fullmatch(found):
        longer = f"{found}01"
    elif last:
        more = str(int(last[1]) + 1).zfill(len(last[1]))
        longer = f"{found[: last.start()]}{more}{last[2]}"
    else:
        longer = f"{found}2"
    return longer if len(longer) <= LONGEST_ID else "1"


def _said(body: bytes) -> Iterator[tuple[str, str]]:
    text = body.decode("utf-8", "replace").replace("\ufeff", "").replace("\u00a0", " ")
    for line in text.splitlines():
        key, _, value = line.partition(":")
        yield key.strip().lower(), value.strip(" \t\"'")


def _entries(value: str) -> Iterator[str]:
    """Yield what an mx line may have meant: several hosts, a dot at the end, a preference before."""
    for word in _BETWEEN.split(value):
        bare = f"*{word}" if word.startswith(".") else word
        try:
            name = to_a_labels(bare)
        except ValueError:
            continue
        if MX.fullmatch(name) and not name.isdigit():
            yield name
