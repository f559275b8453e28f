"""Cloudflare: the zone that it exports, edited or not, and the list of records of its API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.plans.cloudflare.exported import is_export, read_export
from mailcheck.plans.cloudflare.listed import read_list

if TYPE_CHECKING:
    from mailcheck.plans.document import Document
    from mailcheck.plans.plan import Given, Plan

TITLE = "Cloudflare export"

_KEYS = frozenset({"type", "name", "content", "ttl"})


def recognises(document: Document) -> bool:
    """Whether *document* is an export, or a list of records."""
    value = document.value
    if value is None:
        return is_export(document.text)
    listed = value.get("result") if isinstance(value, dict) else None
    return (
        isinstance(listed, list)
        and bool(listed)
        and all(isinstance(one, dict) and one.keys() >= _KEYS for one in listed)
    )


def read(document: Document, given: Given) -> Plan:
    """Read it.

    Raises:
        SourceError: if anything is wrong with it.
    """
    if not document.text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return read_export(document, given)
    value = document.parsed()
    if not isinstance(value, dict) or not isinstance(value.get("result"), list):
        what = "this is no list of records"
        expected = 'expected a zone that Cloudflare exports, or {"result": […]} of its API'
        raise SourceError([Problem(Place(document.shown, 1), what, expected)])
    return read_list(document, value, given)
