"""Names as octoDNS has them, of records and in their data."""

from __future__ import annotations

import re
from contextlib import suppress

import idna

_LABELS = re.compile(r"(?:(?!-)[-_a-z0-9]{1,63}(?<!-)\.)*(?!-)[-_a-z0-9]{1,63}(?<!-)\.?", re.ASCII)
_LONGEST = 253
_MAY_BE_ROOT = frozenset({"HTTPS", "MX", "SVCB", "SRV"})


def encoded(name: str) -> str:
    """Return *name* in lower case and A-labels (``octodns.idna.idna_encode``).

    Raises:
        ValueError: if a label is none that IDNA knows.
    """
    lower = name.lower()
    if lower.isascii():
        return lower
    try:
        return ".".join(
            label if label.isascii() else idna.encode(label).decode("ascii")
            for label in lower.split(".")
        )
    except idna.IDNAError as error:
        raise ValueError(f"it is no internationalised name: {error}") from None


def decoded(name: str) -> str:
    """Return *name* with U-labels for A-labels, as files of zones may be called."""
    with suppress(idna.IDNAError, UnicodeError):
        return ".".join(
            idna.decode(label) if label.startswith("xn--") else label for label in name.split(".")
        )
    return name


def complaint(host: str, rdtype: str) -> str:
    """Say what octoDNS has against *host* in data of *rdtype*; nothing, if it takes it.

    These are its validators ``target-value-rfc`` and the like: at least two labels of letters,
    digits, hyphens and underscores, with or without a final dot. What looks like a template passes.
    """
    if host == "." and rdtype in _MAY_BE_ROOT:
        return ""
    if "{" in host and "}" in host:
        return ""
    bare = host.removesuffix(".")
    if len(bare) <= _LONGEST and "." in bare and _LABELS.fullmatch(host):
        return ""
    return "is no host name of two labels or more"


def is_absolute(host: str) -> bool:
    """Whether everybody reads *host* alike: providers do what they like with one without final dot."""
    return host.endswith(".") and not host.endswith("\\.")
