"""DNSControl: its configuration as JSON, what it exports, and the report of a preview.

- ``dnscontrol print-ir`` is the best: every record that a push would publish.
- ``dnscontrol get-zones --format=tsv``, and ``--format=zone`` if the file is given as
  ``dnscontrol:FILE`` (it looks as any part of a zone does).
- ``dnscontrol preview --report FILE`` has changes of single records, so most of what is asked about
  them is inconclusive.

A ``dnsconfig.js`` is a program, which is not run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.plans.dnscontrol.config import Config
from mailcheck.plans.dnscontrol.exported import is_table, read_master_file, read_table
from mailcheck.plans.dnscontrol.report import INSTEAD, read_report

if TYPE_CHECKING:
    from mailcheck.plans.document import Document
    from mailcheck.plans.plan import Given, Plan

TITLE = "DNSControl configuration"

_SCRIPT = re.compile(r"^\s*(?:var|let|const|D|D_EXTEND|require|import|//)\b", re.MULTILINE)


def recognises(document: Document) -> bool:
    """Whether *document* is the JSON of one, a report, a table of records, or a program."""
    value = document.value
    if isinstance(value, dict):
        return isinstance(value.get("domains"), list) and "dns_providers" in value
    if isinstance(value, list):
        return bool(value) and all(
            isinstance(one, dict) and "corrections" in one and "domain" in one for one in value
        )
    return is_table(document.text) or is_script(document.text)


def is_script(text: str) -> bool:
    """Whether *text* looks like a ``dnsconfig.js``."""
    return ("NewDnsProvider(" in text or "NewRegistrar(" in text) and bool(_SCRIPT.search(text))


def read(document: Document, given: Given) -> Plan:
    """Read it.

    Raises:
        SourceError: if anything is wrong with it.
    """
    text = document.text.lstrip("\ufeff \t\r\n")
    if is_script(text):
        what = "this is a program in JavaScript, which is not run"
        raise SourceError([Problem(Place(document.shown, 1), what, INSTEAD)])
    if not text.startswith(("{", "[")):
        if is_table(document.text):
            return read_table(document, given)
        return read_master_file(document, given)
    value = document.parsed()
    if isinstance(value, dict) and isinstance(value.get("domains"), list):
        return Config(document, given).plan(value["domains"])
    if isinstance(value, list):
        return read_report(document, value, given)
    raise SourceError([Problem(Place(document.shown, 1), "this is no configuration", INSTEAD)])
