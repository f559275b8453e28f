"""A TLS-RPT record, read by the grammar of RFC 8460 §3."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from mailcheck.facts.report_uri import MAILTO, ReportUri, report_uri

VERSION = "v=TLSRPTv1"

SCHEMES = (MAILTO, "https")
"""The schemes of destinations that RFC 8460 §3 supports."""

_PREFIX = f"{VERSION};".encode()
"""Where there are several texts, those that begin otherwise are discarded (§3)."""

_BEGINS = re.compile(rb"v=TLSRPTv1[ \t]*(?:;|\Z)")
_ALIKE = re.compile(
    rb"tls-?rptv?\s*[0-9;]|\bv\s*(?:=\s*)?tls-?rpt|\brua\s*=|\bmailto:", re.IGNORECASE
)
_SPACE = " \t"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}")
_VALUE = re.compile(r"[!-:<>-~]+")


@dataclass(frozen=True, slots=True)
class Field:
    """One ``name=value``; ``fault`` says in a clause why it is none."""

    name: str
    value: str
    fault: str = ""


@dataclass(frozen=True)
class TlsRptRecord:
    """One record, whose text begins with the version.

    ``owner`` is the name that has it: the target, where the name that was asked is an alias.
    """

    text: bytes
    owner: str = ""

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """What stands behind the version, between semicolons; the last of them is optional."""
        _, *parts = self.text.decode("utf-8", "replace").split(";")
        if parts and not parts[-1].strip(_SPACE):
            parts.pop()
        return tuple(read_field(part.strip(_SPACE)) for part in parts)

    @cached_property
    def rua(self) -> tuple[ReportUri, ...]:
        """Where reports go, of all its ``rua`` fields."""
        return tuple(
            report_uri(uri.strip(_SPACE))
            for field in self.fields
            if field.name == "rua" and not field.fault
            for uri in field.value.split(",")
        )


def read_field(text: str) -> Field:
    """Read what stands between two semicolons, without the space around it."""
    name, sign, value = text.partition("=")
    if not text:
        return Field("", "", "nothing stands between two semicolons")
    if not sign:
        return Field(name, "", "it has no equals sign")
    if not _NAME.fullmatch(name):
        return Field(name, value, "its name is not of letters, digits, _ - and . without space")
    if name == "rua":
        space = value[:1] in (" ", "\t")
        return Field(name, value, "no space may stand behind the equals sign" if space else "")
    if not _VALUE.fullmatch(value):
        return Field(name, value, "its value is empty, or has space, = or what is no ASCII")
    return Field(name, value)


def is_record(text: bytes, *, alone: bool) -> bool:
    """Whether *text* is a TLS-RPT record; space before the semicolon counts only if it is *alone*."""
    return bool(_BEGINS.match(text)) if alone else text.startswith(_PREFIX)


def looks_like_record(text: bytes) -> bool:
    """Whether *text*, which may be a record, was meant to be one."""
    return _ALIKE.search(text) is not None
