"""Data of records in presentation form (RFC 1035 §5.1), read and written out in one way."""

from __future__ import annotations

import re

import dns.exception
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype

from mailcheck.evidence import visible

_EXAMPLES = {"MX": "10 mail.example.com", "SRV": "0 5 993 imap.example.com"}
"""Data of types whose numbers are often left out."""

_QUOTED = re.compile(r'(\\.)|"(?:[^"\\]|\\.)*"')
"""A text in quotation marks; or an escape, with which none begins."""

_MASTER_FILE = re.compile(r'[;()]|(?<!\\)"')
"""What means something in master files only, and a quotation mark that is never closed."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def data_in(rdtype: str, text: str, zone: str = ".") -> str:
    """Return the data *text* of a record, its relative names made absolute in *zone*.

    In the root, which most providers take them to be relative to, ``@`` is no name.

    Raises:
        ValueError: if it is none; the text is a clause.
    """
    if _CONTROL.search(text):
        raise ValueError("its value has line breaks, tabs or other control characters")
    bare = _QUOTED.sub(lambda found: found[1] or '""', text)
    if _MASTER_FILE.search(bare.replace('""', "")):
        raise ValueError("its value has semicolons, parentheses or quotation marks out of place")
    if zone == "." and "@" in bare.split():
        raise ValueError("its value has @ in the place of a name")
    try:
        data = dns.rdata.from_text(
            dns.rdataclass.IN,
            dns.rdatatype.from_text(rdtype),
            text,
            dns.name.from_text(zone),
            relativize=False,
        )
        return data.to_text()
    except (dns.exception.DNSException, ValueError) as error:
        why = visible(str(error).rstrip("."))
        what = f"its value is no data of {article(rdtype)} record{such_as(rdtype)}"
        raise ValueError(f"{what}: {why}") from None


def such_as(rdtype: str) -> str:
    """Return an example of data of *rdtype*, if many need one, as the end of a clause."""
    return f", such as {_EXAMPLES[rdtype]}" if rdtype in _EXAMPLES else ""


def article(rdtype: str) -> str:
    """Return *rdtype* behind its article: ``an MX``, ``a TXT``."""
    return f"{'an' if rdtype[:1] in 'AEFHILMNORSX' else 'a'} {rdtype}"
