"""Addresses of resources, and what expressions refer to, taken apart.

``module.a["x.y"].aws_route53_record.mx[0]`` has dots in the key of an instance; so an address is
not split at dots.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_STEP = re.compile(r'([^.\[\]"]+)((?:\[(?:"(?:[^"\\]|\\.)*"|[^"\]]*)\])?)(?:\.|$)')


@dataclass(frozen=True, slots=True)
class Step:
    """One name of an address, and the key of an instance behind it, as it is written."""

    name: str
    key: str = ""


@lru_cache(maxsize=10_000)
def steps(address: str) -> tuple[Step, ...]:
    """Return the names of *address*; none if it is no address."""
    found: list[Step] = []
    at = 0
    while at < len(address):
        step = _STEP.match(address, at)
        if not step:
            return ()
        found.append(Step(step[1], step[2]))
        at = step.end()
    return tuple(found)


def without_keys(address: str) -> str:
    """Return *address* without the keys of its instances."""
    return ".".join(step.name for step in steps(address))


def modules_of(address: str) -> tuple[Step, ...]:
    """Return the modules that the resource with this *address* is in, from the root down."""
    found: list[Step] = []
    left = list(steps(address))
    while len(left) >= 2 and left[0].name == "module":
        found.append(left[1])
        del left[:2]
    return tuple(found)
