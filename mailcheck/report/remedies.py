"""What to do about several reasons, said once where it is the same for several hosts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.names import to_u_labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.finding import Reason, Remedy

_HERE = "\0"
"""Stands in an instruction where the host was named that it is for."""

_IN_PROSE = re.compile(rf"\b(?:at|before|for|of)(?= {_HERE})", re.IGNORECASE)


def merged(remedies: Iterable[tuple[Reason, Remedy]]) -> tuple[Remedy, ...]:
    """Return *remedies*, each once; where only the hosts of their reasons differ, one names all.

    Records to publish and commands stay those of one host.
    """
    hosts: dict[Remedy, dict[str, None]] = {}
    for reason, remedy in remedies:
        form, host = _form_of(remedy, to_u_labels(reason.about))
        hosts.setdefault(form, {})[host] = None
    return tuple(
        replace(form, instruction=form.instruction.replace(_HERE, _all(list(names))))
        for form, names in hosts.items()
    )


def _form_of(remedy: Remedy, host: str) -> tuple[Remedy, str]:
    """Return *remedy* without the name of *host*, if it can name others in its place."""
    if remedy.publish or not host:
        return remedy, ""
    named = re.compile(rf"(?<![\w.:-]){re.escape(host)}(?![\w-]|[.:]\w)")
    form, count = named.subn(_HERE, remedy.instruction)
    if not count or host in form or len(_IN_PROSE.findall(form)) != count:
        return remedy, ""
    return replace(remedy, instruction=form), host


def _all(hosts: list[str]) -> str:
    *others, last = hosts
    return f"{', '.join(others)} and {last}" if others else last
