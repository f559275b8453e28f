"""The TXT record that says that a domain has an MTA-STS policy (RFC 8461 §3.1)."""

from __future__ import annotations

import re

from mailcheck.evidence import visible

_SPACE = b" \t"
_FIELD = re.compile(rb"([A-Za-z0-9][A-Za-z0-9_.-]{0,31})=([\x21-\x3A\x3C\x3E-\x7E]+)")
_ID = re.compile(rb"[A-Za-z0-9]{1,32}")
_VERSION = b"v=STSv1"
_ALIKE = re.compile(rb"\bv\s*=\s*STS", re.IGNORECASE)
_ALONE = re.compile(rb"%b[ \t]+;.*" % _VERSION, re.DOTALL)


def records_among(texts: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Return those of the *texts* at the name that count: others are discarded.

    Where several are there, a record begins with ``v=STSv1;``. The syntax allows spaces before the
    semicolon, so one that stands alone may have them.
    """
    found = tuple(text for text in texts if text.startswith(_VERSION + b";"))
    return found or (texts if len(texts) == 1 and _ALONE.fullmatch(texts[0]) else ())


def looks_like_record(text: bytes) -> bool:
    """Whether *text*, which is no record, was meant to be one."""
    return _ALIKE.search(text) is not None


def read_record(text: bytes) -> str:
    """Return the id of the policy from a record.

    Upper and lower case differ, also in names. Of a field that stands there twice the first counts.

    Raises:
        ValueError: if *text* is no record by the grammar; it says why, fit to be shown.
    """
    first, *rest = text.split(b";")
    *ended, last = (first, *(part.lstrip(_SPACE) for part in rest))
    version, *fields = (*(part.rstrip(_SPACE) for part in ended), last)
    if version != _VERSION:
        raise ValueError(f'it begins with "{visible(_shown(version), 40)}" and not with "v=STSv1"')
    if fields and not fields[-1]:
        fields.pop()  # a semicolon may stand at the end
    ids: list[bytes] = []
    for field in fields:
        read = _FIELD.fullmatch(field)
        if read is None:
            what = f'"{visible(_shown(field), 60)}" is no field such as id=20260131'
            raise ValueError(what if field else "nothing stands between two semicolons")
        if read[1] == b"id":
            ids.append(read[2])
    if not ids:
        raise ValueError("it has no id")
    if not _ID.fullmatch(ids[0]):
        shown = visible(_shown(ids[0]), 60)
        raise ValueError(f'its id, "{shown}", is not made of 1 to 32 letters and digits')
    return ids[0].decode()


def _shown(octets: bytes) -> str:
    return octets.decode("utf-8", "replace")
