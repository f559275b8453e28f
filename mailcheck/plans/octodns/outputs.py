"""What octoDNS writes for people: to its log, as Markdown and as HTML (``octodns.provider.plan``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailcheck.plans.document import Document

_FOR_PEOPLE = re.compile(
    r"\| Operation \| Name \| Type \| TTL \| Value \| Source \|"
    r"|<th>Operation</th>\s*<th>Name</th>"
    r"|\*{60,}\n\* \S+\.\n\*{60,}"
    r"|^## No changes were planned|^<b>No changes were planned|\*{60,}\nNo changes were planned",
    re.MULTILINE,
)


def is_for_people(document: Document) -> bool:
    """Whether *document* is such an output."""
    return bool(_FOR_PEOPLE.search(document.text))
