"""The master file that Cloudflare exports: *DNS > Records > Import and Export*.

Each record stands on one line; what no other provider has is behind it, in a comment:
``; a comment of somebody's cf_tags=cf-proxied:true,own-tag:value``.
https://developers.cloudflare.com/dns/manage-dns-records/how-to/import-and-export/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.evidence import visible
from mailcheck.plans.cloudflare.record import CloudflareRecord, published
from mailcheck.plans.gathering import Gathered
from mailcheck.plans.names import full_name
from mailcheck.plans.plan import Plan
from mailcheck.plans.zone_text import read_zone_text

if TYPE_CHECKING:
    from mailcheck.plans.document import Document
    from mailcheck.plans.plan import Given

_HEAD = re.compile(r"^;;[ \t]*Domain:[ \t]*(?P<zone>\S+)[ \t\r]*$", re.MULTILINE)
_SOA = re.compile(r"^(?P<zone>[^\s;@]+)[ \t]+(?:\d+[ \t]+)?IN[ \t]+SOA[ \t]", re.MULTILINE)
_HEAD_LENGTH = 5000
"""Characters in which the head of an export ends."""


def is_export(text: str) -> bool:
    """Whether *text* has the head of an export, or tags of Cloudflare's."""
    head = text[:_HEAD_LENGTH]
    if _HEAD.search(head) is not None and ";; Exported:" in head:
        return True
    tagged = [line for line in text.split("\n") if "cf_tags=" in line] if "cf_tags=" in text else []
    return any(line[0] != ";" and ";" in line.partition("cf_tags=")[0] for line in tagged)


def read_export(document: Document, given: Given) -> Plan:
    """Read it.

    Raises:
        SourceError: if anything is wrong with it.
    """
    zone = _zone(document, given)
    gathered, problems = Gathered(), list[Problem]()
    for written in read_zone_text(document, zone):
        place = Place(document.shown, written.line)
        tags = written.comment.rpartition("cf_tags=")[2] if "cf_tags=" in written.comment else ""
        words = tags.split(",")
        record = CloudflareRecord(
            written.name,
            written.rdtype,
            written.ttl,
            written.data,
            place,
            is_proxied="cf-proxied:true" in words,
            is_flattened=any(word.partition(":")[0] == "cf-flatten-cname" for word in words),
        )
        try:
            for rrset in published(record, zone):
                gathered.add(rrset)
        except ValueError as error:
            problems.append(Problem(place, str(error)))
    rrsets = gathered.rrsets()
    if not (problems or rrsets):
        problems.append(
            Problem(
                Place(document.shown, 1),
                f"there are no records of {zone}",
                "expected all of a zone",
            )
        )
    if problems:
        raise SourceError(problems)
    return Plan(document.shown, rrsets, whole=(zone,))


def _zone(document: Document, given: Given) -> str:
    """Return the zone of a file: what its head says, or its SOA record, whose owner has no dot."""
    found = _HEAD.search(document.text[:_HEAD_LENGTH]) or _SOA.search(document.text)
    place = Place(document.shown, 1)
    try:
        said = full_name(found["zone"]) if found else ""
    except ValueError as error:
        raise SourceError([Problem(place, f"of the zone: {error}")]) from None
    if given.zone is not None and said not in ("", str(given.zone)):
        what = f"this is the zone {visible(said, 300)}, and it is given for {given.zone}"
        raise SourceError([Problem(place, what)])
    if not said and given.zone is None:
        what = "nothing says which zone this is"
        raise SourceError(
            [Problem(place, what, f"give it as cloudflare:example.com={document.shown}")]
        )
    return said or str(given.zone)
