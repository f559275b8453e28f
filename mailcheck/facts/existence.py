"""How a name is absent, in the words every check uses for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.finding import Reason, Remedy
from mailcheck.names import is_under, to_u_labels

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer

NO_SUCH_DOMAIN = "no-such-domain"
REFUSED_BY_AUTHORITY = "refused-by-authority"


def absence(answer: DnsAnswer) -> Reason | None:
    """Say why *answer* denies its whole name, or None if the name exists as far as it tells.

    NXDOMAIN names who denies it: the SOA of a zone above means that the name's own zone is not
    delegated at all. The reason is ``about`` the zone that denies or refuses, if it is known.
    """
    name = to_u_labels(answer.aliases[-1] if answer.aliases else answer.name)
    if answer.status == "refused":
        zone = answer.cut or answer.name
        return Reason(
            REFUSED_BY_AUTHORITY, f"all name servers of {to_u_labels(zone)} refuse to answer", zone
        )
    if answer.status != "nxdomain":
        return None
    text = f"{name} does not exist"
    if answer.aliases:
        text = f"{to_u_labels(answer.name)} is an alias of {name}, which does not exist"
    elif answer.denier and answer.denier != answer.name and is_under(answer.name, answer.denier):
        text = f"{name} does not exist: denied by {_zone(answer.denier)}"
        if "." not in answer.denier:
            text += ", so the domain is mistyped, expired or on hold"
    return Reason(NO_SUCH_DOMAIN, text, answer.denier)


def spelling_or_registrar(name: str) -> Remedy:
    """What to do about a domain that its registry does not have."""
    return Remedy(instruction=_REGISTRAR.format(name=to_u_labels(name)))


def create_name(name: str, denier: str, record: str) -> Remedy:
    """What to do about a name that *denier* (empty if unknown) says does not exist.

    *record* is what would make the name exist as the requirement wants it. Only a registry can
    tell whether a zone of two labels is its own, so both readings are given.
    """
    if denier == "." or (denier and "." not in denier):
        return spelling_or_registrar(name)
    zone = to_u_labels(denier) if denier else "the zone above"
    otherwise = _REGISTRAR.format(name=to_u_labels(name))
    return Remedy((record,), f"{otherwise} If {zone} is yours, publish the name there:")


_REGISTRAR = (
    "Check the spelling of {name}; then, with its registrar, whether it is registered, paid and "
    "delegated."
)


def load_or_delegate(zone: str) -> Remedy:
    """What to do about a zone whose own name servers refuse to answer for it."""
    return Remedy(
        instruction=f"Load the zone {to_u_labels(zone)} on the name servers it is delegated to, or "
        "have its parent delegate it to servers that hold it."
    )


def _zone(name: str) -> str:
    return "the root zone" if name == "." else f"the zone {to_u_labels(name)}"
