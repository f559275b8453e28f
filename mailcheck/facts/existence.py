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


def denies_the_name(answer: DnsAnswer) -> bool:
    """Whether *answer* denies its name with all types of records, as NXDOMAIN does (RFC 8020 §2).

    Not if it is about AAAA: broken load balancers say so of a name that has A (RFC 4074 §4.2).
    """
    return answer.status == "nxdomain" and answer.rdtype != "AAAA"


def remedy_of_absence(reason: Reason, name: str, *records: str) -> Remedy | None:
    """What to do about a *reason* that :func:`absence` gave, or None if it is another one.

    *records* are what would make *name* exist as the requirement wants it.
    """
    match reason.tag:
        case "no-such-domain":
            return _create_name(name, reason.about, records)
        case "refused-by-authority":
            return _load_or_delegate(reason.about)
    return None


def _create_name(name: str, denier: str, records: tuple[str, ...]) -> Remedy:
    """Say what to do about a name that *denier* (empty if unknown) says does not exist.

    Only a registry can tell whether a zone of two labels is its own, so both readings are given.
    """
    registered = _registered(name, denier)
    whose = "its registrar" if registered == name else f"the registrar of {to_u_labels(registered)}"
    spelling = (
        f"Check the spelling of {to_u_labels(name)}; then, with {whose}, whether it is "
        "registered, paid and delegated."
    )
    if denier == "." or (denier and "." not in denier):
        return Remedy(instruction=spelling)
    if denier and name.removesuffix(f".{denier}").rpartition(".")[2].startswith("_"):
        spelling = f"Check the spelling of {to_u_labels(name)}."  # no registry has such names
    zone = to_u_labels(denier) if denier else "the zone above"
    return Remedy(records, f"{spelling} If {zone} is yours, publish the name there:")


def _registered(name: str, denier: str) -> str:
    """Return the part of *name* that a registry which is *denier* would know it by."""
    if not denier or "." in denier or not is_under(name, denier):
        return name
    return ".".join(name.split(".")[-2:])


def _load_or_delegate(zone: str) -> Remedy:
    return Remedy(
        instruction=f"Load the zone {to_u_labels(zone)} on its name servers, or have its "
        "parent delegate it to servers that hold it."
    )


def _zone(name: str) -> str:
    return "the root zone" if name == "." else f"the zone {to_u_labels(name)}"
