"""An MTA-STS policy: which hosts may take a domain's mail, and how much senders insist (RFC 8461)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, cast, get_args

from mailcheck.evidence import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

Mode: TypeAlias = Literal["enforce", "testing", "none"]

MODES: tuple[str, ...] = get_args(Mode)

VERSION = "STSv1"

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""What a file of UTF-16 begins with."""

LONGEST = 31_557_600
"""Seconds of ``max_age``: a year (§3.2)."""

_TERMINATOR = re.compile(r"\r?\n")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}")
_VALUE = re.compile(r"[^\x00-\x20\x7F](?:[^\x00-\x1F\x7F]*[^\x00-\x20\x7F])?")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
MX = re.compile(rf"(?:\*\.)?{_LABEL}(?:\.{_LABEL})*")
"""What an ``mx`` may say."""
_MAX_AGE = re.compile(r"[0-9]{1,10}")
_NO_FIELD = "is no field such as mode: enforce"
_ONCE = ("version", "mode", "max_age")


@dataclass(frozen=True, slots=True)
class Policy:
    """What a valid policy says. ``mx`` are names, or ``*.`` and a name, in lower case; in order.

    ``max_age`` is in seconds.
    """

    mode: Mode
    max_age: int
    mx: tuple[str, ...] = ()

    @property
    def applies(self) -> bool:
        """Whether senders look at the hosts at all, be it to report only."""
        return self.mode != "none"

    def covers(self, host: str) -> bool:
        """Whether *host*, in normal form, is one of those named (§4.1)."""
        return any(entry in self.mx for entry in _entries_for(host))

    def idle(self, hosts: Iterable[str]) -> tuple[str, ...]:
        """Return the entries that cover none of *hosts*."""
        used = {entry for host in hosts for entry in _entries_for(host)}
        return tuple(dict.fromkeys(entry for entry in self.mx if entry not in used))


def read_policy(body: bytes) -> Policy:
    """Read the *body* that a policy host served (§3.2).

    Lines end in CRLF or LF; fields may stand in any order, unknown ones are ignored. Of a field that
    stands there twice the first counts, but for ``mx``, which counts each time.

    Raises:
        ValueError: if *body* is no policy by the grammar; it says why, fit to be shown.
    """
    lines = _TERMINATOR.split(_text(body))
    if len(lines) > 1 and not lines[-1]:
        lines.pop()  # the last line may end too
    fields: dict[str, str] = {}
    mx: list[str] = []
    for number, line in enumerate(lines, 1):
        key, value = _field(number, line)
        if key == "mx":
            mx.append(_pattern(number, value))
        else:
            fields.setdefault(key, value)
    version = fields.get("version", VERSION)
    if version != VERSION:
        raise ValueError(f"its version is {visible(version, 40)} and not {VERSION}")
    for key in _ONCE:
        if key not in fields:
            raise ValueError(f"it has no {key}{_alike(key, fields)}")
    mode = fields["mode"]
    if mode not in MODES:
        raise ValueError(f"its mode is {visible(mode, 40)} and not enforce, testing or none")
    if not mx and mode != "none":
        raise ValueError(f"it names no mx{_alike('mx', fields)}")
    return Policy(cast("Mode", mode), _seconds(fields["max_age"]), tuple(mx))


def _text(body: bytes) -> str:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        other = "UTF-16 and " if body.startswith(UTF_16) else ""
        raise ValueError(f"it is {other}not UTF-8") from None
    if not text.strip():
        raise ValueError("it is empty")
    return text


def _alike(key: str, fields: Iterable[str]) -> str:
    """Name one of *fields* that was meant for *key*, if there is one."""
    bare = (name for name in fields if re.sub("[_.-]", "", name).lower() == key.replace("_", ""))
    return f" ({meant} is another name)" if (meant := next(bare, "")) else ""


def _field(number: int, line: str) -> tuple[str, str]:
    key, _, rest = line.partition(":")
    value = rest.strip(" \t")
    if not _KEY.fullmatch(key) or not _VALUE.fullmatch(value):
        shown = f'"{visible(line, 60)}"' if line else "an empty line"
        what = "holds a CR alone, which ends no line" if "\r" in line else _NO_FIELD
        raise ValueError(f"line {number}, {shown}, {what}")
    return key, value


def _pattern(number: int, value: str) -> str:
    if not MX.fullmatch(value):
        shown = visible(value, 80)
        raise ValueError(f'line {number}: "{shown}" is no host name, nor *. and a host name')
    return value.lower()


def _seconds(value: str) -> int:
    if not _MAX_AGE.fullmatch(value):
        raise ValueError(f"its max_age is {visible(value, 40)} and not a number of seconds")
    if int(value) > LONGEST:
        raise ValueError(f"its max_age is {value}, more than {LONGEST} seconds (a year)")
    return int(value)


def _entries_for(host: str) -> tuple[str, str]:
    """Return what covers *host*: its name, or ``*`` in place of its first label and of nothing else."""
    return host, f"*.{host.partition('.')[2]}"
