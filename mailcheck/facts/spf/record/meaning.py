"""What whoever wrote a faulty term probably meant."""

from __future__ import annotations

import ipaddress
import re

from mailcheck.facts.spf.record.syntax import VERSION, read_record

_ADDRESS = re.compile(
    r"(?P<sign>[+?~-]?)(?:ipv?[46]?[:=]?)?(?P<network>[0-9a-f.:]+(?:/[0-9]+)?)", re.IGNORECASE
)
_WRITTEN_OTHERWISE = (
    (re.compile(r"([+?~-]?)(?:prt)\b(.*)", re.IGNORECASE), r"\1ptr\2"),
    (re.compile(r"([+?~-]?)(?:inc|includes?)[:=](.+)", re.IGNORECASE), r"\1include:\2"),
    (re.compile(r"(redirect|exp):(.+)", re.IGNORECASE), r"\1=\2"),
    (re.compile(r"([+?~-]?)all[.,;:]+", re.IGNORECASE), r"\1all"),
    (re.compile(r"[\"']?([^\"']*[^\"',;])[\"',;]*"), r"\1"),
)


def meant(text: str) -> str:
    """Return the term that *text* was meant to be; empty if that is not clear."""
    if found := _ADDRESS.fullmatch(text):
        try:
            network = ipaddress.ip_network(found["network"], strict=False)
        except ValueError:
            return ""
        return f"{found['sign']}ip{network.version}:{found['network']}"
    for pattern, instead in _WRITTEN_OTHERWISE:
        if found := pattern.fullmatch(text):
            term = found.expand(instead)
            if term != text and readable(term):
                return term
    return ""


def readable(term: str) -> str:
    """Return *term* if it can be read."""
    return "" if read_record(f"{VERSION} {term}".encode("latin-1")).faults else term
