"""Where reports are to be sent: one URI of a list in DMARC (RFC 9989 §4.6, 4.8) or TLS-RPT (RFC 8460 §3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from mailcheck.names import Domain, parse_address

MAILTO = "mailto"

_URI = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?:[A-Za-z0-9._~:/?#\[\]@$&'()*+=-]|%[0-9A-Fa-f]{2})+"
)
"""A URI (RFC 3986) without commas, semicolons and exclamation marks, which are percent-encoded."""

_SIZE = re.compile(r"![0-9]+[kmgt]?", re.IGNORECASE)
_LOCAL = re.compile(r"[^\s@:<>\[\]]+|\"[^\"]*\"")
_BETWEEN = re.compile(r"[\s,;]+")
_GLUED = re.compile(r"(@[^\s,;@]+?)(?=mailto:)", re.IGNORECASE)
_NO_DOT = re.compile(r"(@[A-Za-z0-9-]+),(?=[A-Za-z]{2,}(?:[\s,;]|$))")
"""A comma in place of the only dot of a domain."""

_MISTYPED = (
    "mail",
    "email",
    "e-mail",
    "mailo",
    "malto",
    "maito",
    "mialto",
    "mailt",
    "mailtto",
    "emailto",
)
"""What people write for ``mailto``; as schemes nobody knows them."""

_WRAPPING = "<>()[]{}\"'`."
"""What people put around a mailbox, or behind it."""


@dataclass(frozen=True, slots=True)
class ReportUri:
    """One URI as written in ``text``, without the size behind it.

    ``domain``, in normal form, is that of a ``mailto`` URI's mailbox. ``size`` is what RFC 7489 had
    behind a URI (``!10m``), where the list may have it. ``fault`` says in a clause why this is no
    URI, or leads nowhere; it is empty for a valid one of any scheme.
    """

    text: str
    scheme: str = ""
    domain: str = ""
    size: str = ""
    fault: str = ""


def report_uri(written: str, *, sized: bool = False) -> ReportUri:
    """Read one URI, without the spaces around it; one that is *sized* may have a size behind it."""
    text, mark, _ = written.partition("!")
    size = written[len(text) :]
    if mark and not (sized and _SIZE.fullmatch(size)):
        no_size = "" if sized else ", and no size follows it"
        fault = f"an exclamation mark in a URI is written %21{no_size}"
        return ReportUri(written, fault=fault)
    if not text:
        return ReportUri(written, fault="nothing stands where a URI should")
    match = _URI.fullmatch(text)
    scheme = match["scheme"].lower() if match else ""
    if not scheme or not _splits(text):
        return ReportUri(text, size=size, fault=_why_no_uri(text))
    if scheme == MAILTO:
        domain, fault = _mailto(text)
        return ReportUri(text, scheme, domain, size, fault)
    # RFC 9110 §4.2.2: without a host it has to be rejected.
    hostless = scheme == "https" and not _is_host(urlsplit(text).hostname or "")
    return ReportUri(text, scheme, size=size, fault="it names no host" if hostless else "")


def _splits(text: str) -> bool:
    """Whether the parts of *text* can be told apart: one fragment, a port, brackets around an IP."""
    try:
        parts = urlsplit(text)
        _ = parts.port  # ValueError if it is none
    except ValueError:
        return False
    return "#" not in parts.fragment


def _is_host(host: str) -> bool:
    try:
        parse_address(host)
    except ValueError:
        try:
            Domain.parse(host)
        except ValueError:
            return False
    return True


def _why_no_uri(text: str) -> str:
    if re.fullmatch(r"[^\s:@]+@[^\s:@]+", text):
        return "mailto: is missing before the mailbox"
    if _GLUED.search(text) or len(re.findall(r"[^\s@]@[^\s@]", text)) > 1:
        return "commas go between URIs"
    if re.search(r"\s", text):
        return "a URI has no space"
    return "it is not a URI"


def _mailto(text: str) -> tuple[str, str]:
    """Return the domain of a mailto URI (RFC 6068 §2), or what is wrong with it.

    What follows a question mark are header fields. A slash in a mailbox is written ``%2F``, so two at
    the beginning are those of a URL that a mailto is none of.
    """
    written = text.partition(":")[2].partition("?")[0]
    local, at, host = unquote(written).rpartition("@")
    if not at or not _LOCAL.fullmatch(local):
        return "", "it names no mailbox"
    if written.startswith("//"):
        return "", "the mailbox follows mailto: at once, without //"
    try:
        return Domain.parse(host), ""
    except ValueError as error:
        return "", str(error)


def meant(value: str) -> tuple[str, ...]:
    """Return the URIs that a list was probably meant to hold, each once; what leads nowhere is left out.

    A mailbox gets its ``mailto:``, and what stands around it goes: a bracket, a size. Space and
    semicolons separate URIs as well as commas.
    """
    written = _BETWEEN.split(_NO_DOT.sub(r"\1.", _GLUED.sub(r"\1,", value)))
    return tuple(dict.fromkeys(filter(None, map(_meant, written))))


def are_uris(text: str) -> bool:
    """Whether each word of *text* was meant to be a URI, so that it is no remark that has one."""
    words = [word for word in _BETWEEN.split(text) if word]
    return bool(words) and all("@" in word or ":" in word for word in words)


def _meant(written: str) -> str:
    text, mark, _ = written.strip(_WRAPPING).partition("!")
    if mark and not _SIZE.fullmatch(written.strip(_WRAPPING)[len(text) :]):
        text = written
    read = report_uri(text)
    if not read.fault and read.scheme not in _MISTYPED:
        return text
    before, at, behind = text.strip(_WRAPPING).rpartition("@")
    if not at or before.lower().startswith("http"):
        return ""
    host, mark, fields = behind.partition("?")
    try:
        domain = Domain.parse(re.split(r"[<>()\[\]]", host)[0].strip(_WRAPPING))
    except ValueError:
        return ""
    local = re.split("[:=/<]", before.rstrip("@"))[-1].replace("!", "%21")
    uri = f"{MAILTO}:{local}@{domain}{mark}{fields}"
    return "" if report_uri(uri).fault else uri
