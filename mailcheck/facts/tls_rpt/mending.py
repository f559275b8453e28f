"""A TLS-RPT record as it should stand, made of what is there."""

from __future__ import annotations

import re

from mailcheck.facts.report_uri import are_uris, report_uri
from mailcheck.facts.report_uri import meant as meant_uris
from mailcheck.facts.tls_rpt.published import owner_name
from mailcheck.facts.tls_rpt.record import SCHEMES, VERSION, read_field
from mailcheck.facts.txt import txt_record
from mailcheck.facts.typed_text import MAX_READ, MAX_SHOWN, typed

STAND_IN = "rua=mailto:tlsrpt@"
"""The destination that a domain is given which names none, before the domain itself."""

_VERSION = re.compile(r"\A\W*(?:v\W*)?(?:smtp\W*)?tls\W*rpt\W*(?:v?\W*1)?(?:\.0)?", re.IGNORECASE)
_RUA = re.compile(r"(?:^|(?<=[\s,;]))rua\s*[=:]?[=\s]+|(?:^|(?<=[\s,;]))rua:", re.IGNORECASE)
_NAMED = re.compile(r"([A-Za-z0-9_.-]+)\s*=")
_LIKE_RUA = ("rua", "ruf", "rau", "aru", "mailto")
"""What people write for the name of the field; ``ruf`` is DMARC's."""

_OF_DMARC = frozenset(
    {"v", "p", "sp", "np", "ruf", "adkim", "aspf", "fo", "t", "psd", "pct", "rf", "ri"}
)
"""What stands in a record of DMARC that was put here, and is no extension of TLS-RPT."""


def mended(*texts: bytes) -> bytes:
    """Return one record as RFC 8460 wants it that says what *texts* were meant to say.

    Its destinations are in one list, those at http are at https. It is empty if none remains, or if
    there is too much to read.
    """
    if sum(map(len, texts)) > MAX_READ:
        return b""
    plainly: list[str] = []
    perhaps: list[str] = []
    others: dict[str, None] = {}
    for text in texts:
        parts = _RUA.sub(";rua=", _VERSION.sub(";", typed(text), count=1)).replace("|", ";")
        for part in map(str.strip, parts.split(";")):
            named = _NAMED.match(part)
            name = named[1].lower() if named else ""
            if name in _LIKE_RUA or (not name and are_uris(part)):
                uris = filter(None, map(_supported, meant_uris(part.removeprefix("rua="))))
                (plainly if name in ("", "rua") else perhaps).extend(uris)
            elif not (read := read_field(part)).fault and name not in _OF_DMARC:
                others[f"{read.name}={read.value}"] = None
    if not (found := dict.fromkeys(plainly or perhaps)):
        return b""
    return "; ".join((VERSION, f"rua={','.join(found)}", *others)).encode()


def _supported(uri: str) -> str:
    """Return *uri* if its scheme is supported, over TLS if that is all it lacks; empty if not."""
    if uri.lower().startswith("http:"):
        uri = f"https{uri[4:]}"
    read = report_uri(uri)
    return uri if read.scheme in SCHEMES and not read.fault else ""


def republished(owner: str, *texts: bytes) -> tuple[str, ...]:
    """Return what *texts* were meant to say as one record at *owner*, with its destinations.

    Nothing is returned if none remains, or if it is too long.
    """
    text = mended(*texts)
    return (txt_record(owner, text),) if text and len(text) <= MAX_SHOWN else ()


def first_record(domain: str, owner: str = "") -> tuple[str, ...]:
    """Return a record for a *domain* that has none, with a stand-in for the mailbox."""
    text = f"{VERSION}; {STAND_IN}{domain}"
    return (txt_record(owner or owner_name(domain), text.encode()),)
