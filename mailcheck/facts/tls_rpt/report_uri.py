"""Where reports about TLS are to be sent: one URI of ``rua`` (RFC 8460 §3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from mailcheck.names import Domain, parse_address

SCHEMES = ("mailto", "https")
"""The schemes that RFC 8460 §3 supports."""

_URI = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?:[A-Za-z0-9._~:/?#\[\]@$&'()*+=-]|%[0-9A-Fa-f]{2})+"
)
"""A URI without commas and exclamation marks, which must be percent-encoded; semicolons end it."""

_SIZE = re.compile(r"![0-9]+[kmgt]?", re.IGNORECASE)
"""What DMARC once had behind its URIs."""

_LOCAL = re.compile(r"[^\s@<>\[\]]+|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class ReportUri:
    """One URI as written in ``text``.

    ``host``, in normal form, is the domain of its mailbox, or who serves it. ``fault`` says in a
    clause why this is no URI, or leads nowhere; it is empty for a valid one of any scheme.
    ``meant`` is the URI that a faulty one was probably meant to be.
    """

    text: str
    scheme: str = ""
    host: str = ""
    fault: str = ""
    meant: str = ""


def report_uri(text: str) -> ReportUri:
    """Read one URI, without the spaces around it."""
    match = _URI.fullmatch(text)
    if match is None:
        return ReportUri(text, fault=_why_no_uri(text), meant=_meant(text))
    scheme = match["scheme"].lower()
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _ = parts.port  # ValueError if it is none
    except ValueError:
        return ReportUri(text, fault="it is not a URI")
    if parts.fragment.count("#"):
        return ReportUri(text, fault="it is not a URI")
    if scheme == "https":
        return ReportUri(text, scheme, host, "" if _is_host(host) else "it names no host")
    if scheme != "mailto":
        return ReportUri(text, scheme, host)
    return _mailto(text)


def _is_host(host: str) -> bool:
    try:
        parse_address(host)
    except ValueError:
        try:
            Domain.parse(host)
        except ValueError:
            return False
    return True


def _mailto(text: str) -> ReportUri:
    """Read a mailto URI (RFC 6068 §2); what follows a question mark are header fields."""
    mailbox = unquote(text.partition(":")[2].partition("?")[0])
    local, at, host = mailbox.rpartition("@")
    if not at or not _LOCAL.fullmatch(local):
        return ReportUri(text, "mailto", fault="it names no mailbox")
    try:
        return ReportUri(text, "mailto", Domain.parse(host))
    except ValueError as error:
        return ReportUri(text, "mailto", fault=str(error))


def _why_no_uri(text: str) -> str:
    if not text:
        return "nothing stands where a URI should"
    if "!" in text:
        return "an exclamation mark in a URI is written %21, and no size follows it"
    if re.fullmatch(r"[^\s:@]+@[^\s:@]+", text):
        return "mailto: is missing before the mailbox"
    if re.search(r"\s", text):
        return "a URI has no space"
    return "it is not a URI"


def _meant(text: str) -> str:
    bare, mark, _ = text.partition("!")
    if mark and not _SIZE.fullmatch(text[len(bare) :]):
        return ""
    for candidate in (bare, f"mailto:{bare}"):
        if _URI.fullmatch(candidate) and not report_uri(candidate).fault:
            return candidate
    return ""
