"""The tools whose plans can be read, each by a module or package of its own.

It has a ``TITLE`` for people; ``recognises(document)``, which tells by the content that a file is
one of its plans, and none of another's; and ``read(document, given)``, which returns the
:class:`mailcheck.plans.plan.Plan` or raises a :class:`mailcheck.errors.SourceError` with all that
is wrong.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from mailcheck.proposals import PLANS

if TYPE_CHECKING:
    from mailcheck.plans.document import Document
    from mailcheck.plans.plan import Given, Plan

FORMATS = PLANS
"""Their names, which are kinds of ``--mail-proposed`` as well (``terraform:plan.json``)."""

_OTHERWISE = {"csv": "csv_records"}
"""Modules that are not called as their format, for something else is."""


class Format(Protocol):
    """What such a module has."""

    TITLE: str

    def recognises(self, document: Document) -> bool:
        """Whether *document* is one."""

    def read(self, document: Document, given: Given) -> Plan:
        """Read it."""


def format_called(name: str) -> Format:
    """Return the module of the format *name*; most runs need none."""
    return cast("Format", import_module(f"mailcheck.plans.{_OTHERWISE.get(name, name)}"))


def format_of(document: Document) -> str:
    """Return the name of the format that *document* has; empty if it is none of them."""
    return next((name for name in FORMATS if format_called(name).recognises(document)), "")
