"""Where DMARC reports are to be sent: the URIs of ``rua`` and ``ruf`` (RFC 9989 §4.6, 4.8)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from mailcheck.names import Domain

MAILTO = "mailto"
"""The only scheme that whoever sends reports has to support (RFC 9989 §4.7)."""

_URI = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?:[A-Za-z0-9._~:/?#\[\]@$&'()*+;=-]|%[0-9A-Fa-f]{2})+"
)
_SIZE = re.compile(r"![0-9]+[kmgt]?", re.IGNORECASE)
_LOCAL = re.compile(r"[^\s@<>\[\]]+|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class ReportUri:
    """One URI of a list, as written in ``text``, without the obsolete size behind it.

    ``mailbox`` and ``domain``, in normal form, are those of a ``mailto`` URI. ``size`` is what
    followed (``!10m``): receivers ignore it. ``fault`` says in a clause why this is no URI, or
    names no mailbox; it is empty for a valid one of any scheme.
    """

    text: str
    scheme: str = ""
    mailbox: str = ""
    domain: str = ""
    size: str = ""
    fault: str = ""


def report_uris(value: str) -> tuple[ReportUri, ...]:
    """Read the *value* of a ``rua`` or ``ruf`` tag: URIs with commas between them."""
    return tuple(_report_uri(part.strip(" \t")) for part in value.split(","))


def _report_uri(written: str) -> ReportUri:
    text, mark, _ = written.partition("!")
    size = written[len(text) :]
    if mark and not _SIZE.fullmatch(size):
        return ReportUri(written, fault="an exclamation mark in a URI is written %21")
    if not text:
        return ReportUri(
            written, fault="nothing stands between two commas, or at an end of the list"
        )
    match = _URI.fullmatch(text)
    if match is None or not _splits(text):
        return ReportUri(text, size=size, fault=_why_no_uri(text))
    scheme = match["scheme"].lower()
    if scheme != MAILTO:
        return ReportUri(text, scheme, size=size)
    return _mailto(text, size)


def _splits(text: str) -> bool:
    """Whether the parts of *text* can be told apart: one fragment at most, brackets that hold an IP."""
    try:
        return urlsplit(text).fragment.count("#") == 0
    except ValueError:
        return False


def _why_no_uri(text: str) -> str:
    if re.fullmatch(r"[^\s:@]+@[^\s:@]+", text):
        return "mailto: is missing before the mailbox"
    if re.search(r"\s", text):
        return "a URI has no space"
    return "it is not a URI"


def _mailto(text: str, size: str) -> ReportUri:
    """Read a mailto URI (RFC 6068 §2); what follows a question mark are header fields."""
    mailbox = unquote(text.partition(":")[2].partition("?")[0])
    local, at, host = mailbox.rpartition("@")
    if not at or not _LOCAL.fullmatch(local):
        return ReportUri(text, MAILTO, size=size, fault="it names no mailbox")
    try:
        domain = Domain.parse(host)
    except ValueError as error:
        return ReportUri(text, MAILTO, size=size, fault=str(error))
    return ReportUri(text, MAILTO, f"{local}@{domain}", domain, size)
