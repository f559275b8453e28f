"""Rules of Postfix about who a client is, and the sentences that foretell what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .identities import Identity, meet, places_of
from .postfix import Receiver, start_postfix

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .namespace import Namespace

TAKEN = "250 2.1.5 Ok"
NO_HOSTNAME = "Client host rejected: cannot find your hostname"
NO_REVERSE = "Client host rejected: cannot find your reverse hostname"
NOT_FOUND = "Helo command rejected: Host not found"
INVALID = "501 5.5.2 Helo command rejected: Invalid name"
INVALID_LITERAL = "501 5.5.2 Helo command rejected: invalid ip address"
UNQUALIFIED = "504 5.5.2 Helo command rejected: need fully-qualified hostname"


@dataclass(frozen=True, slots=True)
class Rule:
    """A restriction of Postfix, the sentence that foretells it, and the reply to each of its ends.

    An end that is not named here is let pass.
    """

    name: str
    sentence: str
    foretold: dict[str, str]
    stage: str = "client"


RULES = (
    Rule(
        "reject_unknown_client_hostname",
        "IP {ip} has PTR matching A",
        {
            "no-ptr": f"550 5.7.25 {NO_HOSTNAME}",
            "ptr-not-confirmed": f"550 5.7.25 {NO_HOSTNAME}",
            "refused-by-authority": f"450 4.7.25 {NO_HOSTNAME}",
        },
    ),
    Rule(
        "reject_unknown_reverse_client_hostname",
        "IP {ip} has PTR",
        {
            "no-ptr": f"550 5.7.1 {NO_REVERSE}",
            "no-host-name": f"550 5.7.1 {NO_REVERSE}",
            "refused-by-authority": f"450 4.7.1 {NO_REVERSE}",
        },
    ),
    Rule(
        "reject_invalid_helo_hostname",
        "EHLO name {ehlo} resolves",
        {"invalid-name": INVALID},
        "helo",
    ),
    Rule(
        "reject_non_fqdn_helo_hostname",
        "EHLO name {ehlo} resolves",
        {"invalid-name": UNQUALIFIED, "not-fully-qualified": UNQUALIFIED},
        "helo",
    ),
    Rule(
        "reject_unknown_helo_hostname",
        "EHLO name {ehlo} resolves",
        {
            "invalid-name": f"550 5.7.1 {NOT_FOUND}",
            "not-fully-qualified": f"550 5.7.1 {NOT_FOUND}",
            "no-such-domain": f"550 5.7.1 {NOT_FOUND}",
            "no-address-or-mx": f"550 5.7.1 {NOT_FOUND}",
            "refused-by-authority": f"450 4.7.1 {NOT_FOUND}",
            "inconclusive: servfail": f"450 4.7.1 {NOT_FOUND}",
        },
        "helo",
    ),
)

HELO_RULES = tuple(rule.name for rule in RULES if rule.stage == "helo")

OTHERWISE = {
    # Every rule about EHLO reads literals first, and says so of a bad one.
    **{
        (rule, case): INVALID_LITERAL
        for rule in HELO_RULES
        for case in ("EHLO literal not closed", "EHLO literal of IPv6 without tag")
    },
    # A final dot is let pass, and then not found.
    ("reject_invalid_helo_hostname", "EHLO with a final dot"): TAKEN,
    ("reject_non_fqdn_helo_hostname", "EHLO with a final dot"): TAKEN,
    # Nobody in this lab can deny a top-level domain, so Postfix asks in vain.
    ("reject_unknown_helo_hostname", "EHLO single label"): f"450 4.7.1 {NOT_FOUND}",
    ("reject_unknown_helo_hostname", "PTR elsewhere, EHLO single label"): f"450 4.7.1 {NOT_FOUND}",
}
"""What a rule answers for a reason of its own, whatever the sentence says."""

FOR_GOOD = {"unknown_client_reject_code": "550", "unknown_hostname_reject_code": "550"}
"""With these, "no" and "not now" read differently."""


def ask_postfix(
    space: Namespace, receivers: Mapping[str, Mapping[str, str]], clients: Iterable[Identity]
) -> dict[tuple[str, Identity], str]:
    """Start *receivers*, each with settings of its own, and return what each says at RCPT."""
    places = places_of(space, receivers)
    start_postfix(
        space,
        [
            Receiver(f"mx{number}.receiver.example", address, {**receivers[name], **FOR_GOOD})
            for number, (name, both) in enumerate(places.items())
            for address in both
        ],
    )
    return {who: _after_rcpt(replies) for who, replies in meet(space, places, clients).items()}


def _after_rcpt(replies: list[list[str]]) -> str:
    """Return the reply to RCPT, without the names and addresses that Postfix repeats.

    Nor what a list says of its entry.
    """
    words = " ".join(word for word in replies[3][0].split() if not word.endswith(">:"))
    return "; ".join(words.partition(", [")[0].split("; ")[:2])
