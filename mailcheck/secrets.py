"""Secrets a check needs, such as the key of a blocklist: named in a suite, never written there.

A suite says ``${env:NAME}``. What is kept is the name; whoever asks under the zone the secret
belongs to looks the value up at that moment. So no id, message, report, recording or log that
shows parameters can show a secret.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

MARK = "${env:"
"""How every reference to a secret begins."""

_REFERENCE = re.compile(r"(?<![^.])\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}")
"""Where a label begins, and not escaped. A server may have the same characters in a name of its
own, which is then spelled ``\\${env:NAME}``, and must not get what it names."""


@dataclass(frozen=True, slots=True)
class Secret:
    """The name of an environment variable that holds a secret."""

    name: str
    expected: ClassVar[str] = "${env:NAME}, the name of an environment variable"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``${env:NAME}``.

        Raises:
            ValueError: for anything else; without repeating it, since it may be the secret itself.
        """
        match = _REFERENCE.fullmatch(text)
        if match is None:
            raise ValueError("a secret is not written in a suite")
        return cls(match[1])

    def __str__(self) -> str:
        return f"{MARK}{self.name}}}"


def named_in(text: str) -> tuple[Secret, ...]:
    """Return the secrets that *text* refers to."""
    return tuple(Secret(match[1]) for match in _REFERENCE.finditer(text))


def put_in(text: str, values: Mapping[Secret, str]) -> str:
    """Return *text* with the *values* of the secrets that it refers to."""
    return _REFERENCE.sub(lambda match: values[Secret(match[1])], text)
