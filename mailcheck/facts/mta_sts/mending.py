"""A record and a policy to publish in place of those that are there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailcheck.facts.mta_sts.policy import LONGEST, MODES, MX, UTF_16, Policy
from mailcheck.facts.mta_sts.record import read_record
from mailcheck.facts.txt import txt_record
from mailcheck.names import to_a_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

AN_ID = "20260131T120000"
"""An id where no record is live, nor was; it has to change whenever the policy does."""

LONGEST_ID = 32
"""Letters and digits of an id (RFC 8461 §3.1)."""

LONGEST_SHOWN = 1000
"""Octets of a record that a remedy repeats."""

A_WEEK = 604_800

_ID_FIELD = re.compile(rb"(;[ \t]*id=)[A-Za-z0-9]+")
_LIKE_AN_ID = re.compile(
    rb"(?<![=\w])id\s*=[\s\"]*([A-Za-z0-9][A-Za-z0-9_.:+-]{0,39})", re.IGNORECASE
)
_DATE = re.compile(r"20[0-9]{6}")
_LAST_NUMBER = re.compile(r"([0-9]+)([^0-9]*)\Z")
_COMMENT = re.compile(r"^[^\S\n]*(?:#|//|;)[^\r\n]*", re.MULTILINE)
_FIELD = re.compile(
    r"(?<![\w.-])(mode|mx|max[_-]?age)[\s\"']*[:=][\s\"'\[]*(?=([^\r\n]{0,400}))", re.IGNORECASE
)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_AGE = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]{1,10})[ ]?([a-z]*)", re.IGNORECASE)
_UNITS = {"": 1, "s": 1, "h": 3600, "d": 86_400, "w": A_WEEK, "y": 31_536_000}
_BETWEEN = re.compile(r"[\s,;:=/\"'\[\]{}<>]+")

LOOKED_THROUGH = 8_192
"""Octets of a policy that are looked through for what was meant; those that are one are shorter."""


def renewed(owner: str, texts: Iterable[bytes]) -> str:
    """Return a record for *owner* in zone-file form with an id that none of the *texts* there has.

    Of one that is a record all else stays, unless it is too long to be shown.
    """
    there = tuple(texts)
    found = [word.decode() for text in there for word in _LIKE_AN_ID.findall(text)]
    used = {re.sub(r"[^A-Za-z0-9]", "", word)[:LONGEST_ID] for word in found}
    new = next_id(max(used, key=_rank) if used else "", used)
    text = b"v=STSv1; id=%b;" % new.encode()
    if len(there) == 1 and len(there[0]) <= LONGEST_SHOWN and _is_record(there[0]):
        text = _ID_FIELD.sub(rb"\g<1>" + new.encode(), there[0], count=1)
    return txt_record(owner, text)


def by_whom(domain: str, records: Iterable[str]) -> str:
    """Say that others keep the *records* to publish, where the record's name of *domain* is an alias."""
    owners = {line.partition(" ")[0] for line in records}
    if owners <= {f"_mta-sts.{domain}."}:
        return ""
    return " (by whoever keeps it: the CNAME record leads there)"


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
    modes = [mode for key, value in said if key == "mode" and (mode := _mode(value))]
    ages = [age for key, value in said if key == "max_age" and (age := _seconds(value)) is not None]
    entries = dict.fromkeys(
        entry for key, value in said if key == "mx" for entry in _entries(value)
    )
    mode = modes[0] if modes else "testing"
    for host in hosts if mode != "none" else ():
        if not Policy("testing", 0, tuple(entries)).covers(host):
            entries[host] = None
    lasts = min(ages[0], LONGEST) if ages else A_WEEK
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
    """Yield what may have been meant for a field, and all that stands behind it in its line."""
    coding = "utf-16" if body.startswith(UTF_16) else "utf-8"
    text = body[:LOOKED_THROUGH].decode(coding, "replace").replace("\\n", "\n")
    for field in _FIELD.finditer(_COMMENT.sub("", text)):
        yield field[1].lower().replace("-", "_").replace("maxage", "max_age"), field[2]


def _mode(value: str) -> str:
    word = _WORD.match(value)
    meant = word[0].lower() if word else ""
    return next((mode for mode in MODES if meant.startswith(mode[:4])), "")


def _seconds(value: str) -> int | None:
    read = _AGE.match(value)
    if read is None:
        return None
    each = _UNITS.get(read[2][:1].lower())
    return int(re.sub("[.,]", "", read[1])) * each if each else None


def _entries(value: str) -> Iterator[str]:
    """Yield what an mx line may have meant: several hosts, a dot at the end, a preference before."""
    for word in _BETWEEN.split(value):
        try:
            name = to_a_labels(f"*{word}" if word.startswith(".") else word)
        except ValueError:
            continue
        if "." in name and MX.fullmatch(name):
            yield name
