"""The name is an alias of another.

Requires
    The name has a CNAME record, and its target is ``target``.

Why
    Providers prove who owns a domain, and keep keys and policies up to date, by a CNAME to a name
    of their own. If it points elsewhere the proof lapses or an old key is served.

Met when
    The only CNAME record of the name has the target; case, trailing dot and U-labels do not matter.

Unmet when
    no-such-domain: the name does not exist (NXDOMAIN).
        The provider finds nothing: the domain stays unverified, the key or policy is missing.
    no-cname: the name exists and is no alias.
        Records of the name itself are served; they do not follow the provider's changes.
    other-target: the name is an alias of something else.
        Whoever holds the other name decides what is served. A target that is no longer anybody's
        can be registered by a stranger.
    refused-by-authority: all name servers of the name's zone refuse to answer for it.
        Resolvers say SERVFAIL; nobody sees the alias.

Not judged here
    Whether the target exists and what it holds: ``host H resolves``, ``TXT of N includes "T"``. Any
    further alias of the target.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.evidence import visible
from mailcheck.facts.dns import told
from mailcheck.facts.existence import absence, remedy_of_absence
from mailcheck.facts.lookup import Lookup
from mailcheck.finding import Finding, Reason, Remedy, met, unmet
from mailcheck.names import Domain, to_u_labels
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class CnameIs:
    """The parameters of the sentence."""

    name: Domain = slot("the name that is an alias", subjects=("host", "domain"))
    target: Domain = slot("the name it is an alias of", subjects=())


async def judge(wanted: CnameIs) -> Finding:
    """Compare the target of the one CNAME a name can have."""
    answer = await Lookup(wanted.name, "CNAME")
    name = to_u_labels(wanted.name)
    if gone := absence(answer):
        return Finding((gone,))
    targets = [text.removesuffix(".") or "." for text in answer.texts]
    if targets == [wanted.target]:
        return met()
    if not targets:
        return unmet("no-cname", f"{name} has no CNAME record")
    listed = visible(", ".join(map(to_u_labels, targets)))
    text = f"{name} is an alias of {listed}, not of {to_u_labels(wanted.target)}"
    return unmet("other-target", text)


def remedy(wanted: CnameIs, reason: Reason) -> Remedy:
    """The alias to publish, and what it takes the place of."""
    cname = f"{wanted.name}.  3600  IN  CNAME  {wanted.target}."
    if absent := remedy_of_absence(reason, wanted.name, cname):
        return absent
    if reason.tag == "other-target":
        return Remedy((cname,), "In place of the other CNAME:")
    # RFC 1034 §3.6.2: no other data beside a CNAME; so a zone's own name can never have one.
    return Remedy((cname,), "In place of all other records of the name, never at a zone's apex:")


_NAME = "selector1._domainkey.example.com"

CHECK = check(
    __doc__,
    template="CNAME [of {name}] is {target}",
    parameters=CnameIs,
    judge=judge,
    remedy=remedy,
    sources=("RFC 1034 §3.6.2", "RFC 2181 §10.1"),
    examples=(
        Example(
            "a key that is kept by the provider",
            f"CNAME of {_NAME} is selector1.keys.example.net",
            (told(f"{_NAME} CNAME", "Selector1.Keys.Example.NET."),),
            ends="met",
        ),
        Example(
            "the alias of the provider before",
            f"CNAME of {_NAME} is selector1.keys.example.net",
            (told(f"{_NAME} CNAME", "dkim.oldhost.example."),),
            ends="other-target",
        ),
        Example(
            "the key itself instead of an alias",
            f"CNAME of {_NAME} is selector1.keys.example.net",
            (told(f"{_NAME} CNAME", "NODATA"),),
            ends="no-cname",
        ),
        Example(
            "a resolver that does not answer",
            f"CNAME of {_NAME} is selector1.keys.example.net",
            (told(f"{_NAME} CNAME", "TIMEOUT"),),
            ends="inconclusive: timeout",
        ),
    ),
)
