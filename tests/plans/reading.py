"""Reads plans in tests: from files beside the test, or from texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from mailcheck.errors import SourceError
from mailcheck.plans.document import Document
from mailcheck.plans.plan import Given, Plan, PlannedRRset, Text
from mailcheck.zone_name import ZoneName

Reader = Callable[[Document, Given], Plan]


class NoFiles:
    """A project of which nothing may be read."""

    def text(self, path: str, beside: str) -> Text | None:
        """Return nothing."""
        del path, beside
        return None  # the protocol has a text here, or None

    def files(self, folder: str, beside: str, ending: str) -> Iterable[Text]:
        """Yield nothing."""
        del folder, beside, ending
        return ()

    def folders(self, folder: str, beside: str, ending: str) -> Iterable[str]:
        """Yield nothing."""
        del folder, beside, ending
        return ()


def given(zone: str = "", zones_of: Mapping[str, str] | None = None) -> Given:
    """Return what a run says."""
    of = {key: ZoneName(name) for key, name in (zones_of or {}).items()}
    return Given(NoFiles(), ZoneName(zone) if zone else None, of)


def said(rrset: PlannedRRset) -> tuple[str, str, tuple[str, ...]]:
    """Return name, type and values."""
    return rrset.name, rrset.rdtype, rrset.values


def problems(read: Reader, text: str, held: Given) -> str:
    """Return what a reader says is wrong with *text*."""
    try:
        read(Document(text, "plan"), held)
    except SourceError as error:
        return str(error)
    return ""
