"""What somebody typed, before an editor, a web page or a zone file made another text of it."""

from __future__ import annotations

import html
import re
import unicodedata

MAX_READ = 4000
"""Octets of texts that are read with so much patience; nobody writes that much by hand."""

MAX_SHOWN = 1000
"""Octets of a mended record that a remedy shows; whoever publishes more has to mend it by hand."""

_PLAIN = {
    "\N{MINUS SIGN}": "-",  # in one category with tildes
    **dict.fromkeys("\u2018\u2019\u201a\u201b\N{PRIME}", "'"),
    "\N{DOUBLE PRIME}": '"',
}
_OF_CATEGORY = {"Pd": "-", "Pi": '"', "Pf": '"', "Ps": '"', "Cf": "", "Zs": " "}
"""What is on a keyboard for dashes, quotation marks, what nobody sees, and spaces of all widths."""

_ENTITY = re.compile("&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_SEAM = re.compile(r'"\s*"')
_QUOTED = re.compile(rb'"([^"]*)(?:"|\Z)')
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"


def decoded(text: bytes) -> str:
    """Return the characters of *text*: UTF-8, or what a form of Windows leaves behind."""
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("cp1252", "replace")


def plain(text: str) -> str:
    """Return *text* in ASCII where a word processor made it something else."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", "".join(map(_plain, text)))


def _plain(character: str) -> str:
    if character.isascii():
        return character
    known = _PLAIN.get(character)
    return known or _OF_CATEGORY.get(unicodedata.category(character), character)


def characters(text: bytes) -> str:
    """Return *text* in plain characters.

    HTML entities, curly quotes, dashes, full-width forms and spaces of all widths become what is on
    a keyboard; what nobody sees goes.
    """
    return plain(_ENTITY.sub(lambda entity: html.unescape(entity[0]), decoded(text)))


def typed(text: bytes) -> str:
    """Return the :func:`characters` of *text*, without the quotes and backslashes of a zone file.

    What nobody can read goes too.
    """
    written = characters(text).replace("\\", "").replace(_UNREADABLE, "")
    return _SEAM.sub("", written).replace('"', "").strip(" \t\r\n'`")


def unquoted(text: bytes) -> bytes:
    r"""Return *text* without what belongs to a zone file: quotation marks, ``\;``, the name before.

    Control panels that quote or escape what was quoted or escaped already leave it in the record. All
    else stays as it is.
    """
    text = re.sub(rb'(?<!\\)\\+([;"])', rb"\1", text)
    if b"=" in _QUOTED.sub(b"", text):  # it is the value of a tag, or a part of it, that is quoted
        return text.replace(b'"', b"")
    strings = _QUOTED.findall(text)
    return b"".join(strings) if strings else text
