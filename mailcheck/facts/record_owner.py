"""Domains in sentences about a record that stands at a name of its own below the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from mailcheck.names import Domain, is_under, to_u_labels

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer


class SubjectDomain(Domain):
    """A domain, given by its own name and not by that of its record.

    ``owners`` of a subclass are the labels before the domain that make it the record's name
    (``_dmarc``). The records of such a name would be looked for below it, or above it, where they
    say something about another domain. Labels without an underscore count only where they are the
    first: further behind they may belong to a domain that takes mail.
    """

    __slots__ = ()
    owners: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a person typed.

        Raises:
            ValueError: if no name can be spelled so, or it is that of a record.
        """
        domain = super().parse(text)
        labels = domain.split(".")
        at = [i for i, label in enumerate(labels) if cls._is_owner(i, label)]
        if not at:
            return domain
        meant = to_u_labels(".".join(labels[at[-1] + 1 :])) or "the domain itself"
        raise ValueError(f"{text!r} is the name of a record, not of a domain; write {meant}")

    @classmethod
    def _is_owner(cls, place: int, label: str) -> bool:
        return label in cls.owners and (place == 0 or label.startswith("_"))


def without_dot(domain: str, answer: DnsAnswer) -> str:
    """Return where a record of *domain* stands whose name lacks the dot at its end in the zone file.

    *answer* is what stands at the right name instead: it tells which zone that would be in.
    """
    zone = answer.denier
    inside = "." in zone and is_under(domain, zone) and not answer.aliases
    return f"{answer.name}.{zone if inside else domain}"
