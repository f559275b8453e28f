"""Selectors, and the names at which their keys stand (RFC 6376 §3.1, 3.6.2.1)."""

from __future__ import annotations

from typing import ClassVar, Self

from mailcheck.facts.record_owner import SubjectDomain
from mailcheck.names import Domain

BELOW = "_domainkey"
"""The label between a selector and the domain that signs."""


class Selector(str):
    """The selector of a key (``s=`` of a signature) in normal form; it may have several labels."""

    __slots__ = ()
    expected: ClassVar[str] = "a selector such as s1"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person typed.

        Raises:
            ValueError: if no selector can be spelled so, or it is the whole name of a record.
        """
        if BELOW in text.lower().split("."):
            raise ValueError(f"{text!r} is more than a selector; give what stands before {BELOW}")
        try:
            # A name that ends in a number would be taken for an address, a selector is none.
            return cls(Domain.parse(f"{text}.{BELOW}").removesuffix(f".{BELOW}"))
        except ValueError:
            raise ValueError(
                f"{text!r} cannot be a selector: labels with dots between them"
            ) from None


class DkimDomain(SubjectDomain):
    """A domain that signs, given without the selector and the label between."""

    __slots__ = ()
    owners = (BELOW,)


def owner_name(selector: str, domain: str) -> str:
    """Return the name at which the key of *selector* and *domain* stands."""
    return f"{selector}.{BELOW}.{domain}"
