"""What somebody typed, before an editor, a web page or a zone file made another text of it."""

from __future__ import annotations

import html
import re
import unicodedata

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"
_APOSTROPHES = "\u2018\u2019\u201a\u201b\u2032"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffd"
_PLAIN = str.maketrans(
    dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_QUOTES, '"')
    | dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_UNSEEN, "")
)
_ENTITY = re.compile("&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_SEAM = re.compile(r'"\s*"')


def typed(text: bytes) -> str:
    """Return *text* in plain characters, without the quotes and backslashes of a zone file.

    HTML entities, curly quotes, dashes, full-width forms and spaces of all widths become what is on
    a keyboard; what nobody sees goes.
    """
    try:
        read = text.decode()
    except UnicodeDecodeError:
        read = text.decode("cp1252", "replace")
    written = _ENTITY.sub(lambda entity: html.unescape(entity[0]), read).translate(_PLAIN)
    plain = unicodedata.normalize("NFKC", written).replace("\\", "")
    return _SEAM.sub("", plain).replace('"', "").strip(" \t\r\n'`")
