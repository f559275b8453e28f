"""A sender's mail is aligned with the domain in its From.

Requires
    The domain of MAIL FROM, if the sentence names it, or the domain that signs with DKIM (``d=``),
    if it does, is aligned with the Author Domain, that of the From header field. DMARC passes if
    one of them is.

Why
    SPF and DKIM may both pass and DMARC still fail: a service that sends with its own bounce address
    and its own signature authenticates itself, not the domain that people read.

Met when
    The domains are the same; or, unless ``aspf=s`` or ``adkim=s`` asks for that, they have the same
    Organizational Domain by the Tree Walk of RFC 9989 §4.10.

Unmet when
    spf-not-aligned: the domain of MAIL FROM is not aligned, nor is one that signs.
        SPF does not count for DMARC, which fails without an aligned signature.
    dkim-not-aligned: the domain that signs is not aligned, nor is that of MAIL FROM.
        DKIM does not count for DMARC, which fails without an aligned MAIL FROM.
    policy-enforced: nothing is aligned, and the policy that applies is quarantine or reject.
        Receivers put the mail to junk or refuse it: "550 5.7.26 Unauthenticated email from DOMAIN is
        not accepted due to domain's DMARC policy".
    ...

Advises when
    only-spf: the domain of MAIL FROM is aligned, and the one that signs is not.
        Forwarding breaks SPF; then nothing is left to pass.
    only-dkim: the domain that signs is aligned, and that of MAIL FROM is not.
        Whatever changes the message on its way breaks the signature; then nothing is left to pass.
    no-policy: no DMARC record applies to the Author Domain.
        Receivers do not ask whether anything is aligned.

Not judged here
    Whether SPF passes and the signature holds: only then does alignment count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from mailcheck.check import Example, check
from mailcheck.facts.dmarc.absence import REFUSED
from mailcheck.facts.dmarc.discovery import DmarcDiscovery, DmarcDiscoveryFact
from mailcheck.facts.dmarc.identifier import aligned, enforced
from mailcheck.facts.dns import told
from mailcheck.facts.record_owner import SubjectDomain
from mailcheck.finding import Advice, Finding, Reason, Remedy, all_hold, any_holds
from mailcheck.names import to_u_labels
from mailcheck.question import each_of
from mailcheck.slots import slot


class SenderDomain(SubjectDomain):
    """The domain of a sender, read from a mail address too."""

    __slots__ = ()
    expected: ClassVar[str] = "a domain or mail address such as news@example.com"
    owners = ("_dmarc", "_domainkey")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Take what stands behind the last ``@``; ValueError if it is no domain."""
        return super().parse(text.rpartition("@")[2])


@dataclass(frozen=True, slots=True)
class SenderIsAligned:
    """The parameters of the sentence."""

    sender: SenderDomain = slot("the domain in the From header field", subjects=())
    mailfrom: SenderDomain | None = slot("the domain of MAIL FROM", default=None, subjects=())
    signer: SenderDomain | None = slot("the domain that signs (d=)", default=None, subjects=())

    def __post_init__(self) -> None:
        if self.mailfrom is None and self.signer is None:
            raise ValueError("say what authenticates the sender: by MAILFROM, signed by D, or both")


async def judge(wanted: SenderIsAligned) -> Finding:
    """One aligned identifier is enough."""
    [found] = await each_of([DmarcDiscovery(wanted.sender)])
    parts = []
    if wanted.mailfrom is not None:
        parts.append(await aligned(wanted.sender, wanted.mailfrom, "spf", found))
    if wanted.signer is not None:
        parts.append(await aligned(wanted.sender, wanted.signer, "dkim", found))
    finding = any_holds(parts)
    if finding.reasons and isinstance(found, DmarcDiscoveryFact):
        return all_hold((finding, await enforced(found)))
    if not finding.met:
        return finding
    failed = [p.reasons[0].tag for p in parts if isinstance(p, Finding) and p.reasons]
    if "dkim-not-aligned" in failed:
        finding = finding.with_advice(Advice("only-spf", f"{wanted.signer} is not aligned"))
    if "spf-not-aligned" in failed:
        finding = finding.with_advice(Advice("only-dkim", f"{wanted.mailfrom} is not aligned"))
    if isinstance(found, DmarcDiscoveryFact) and found.record is None and not found.refused:
        finding = finding.with_advice(Advice("no-policy", f"no DMARC record for {wanted.sender}"))
    return finding


def remedy(wanted: SenderIsAligned, reason: Reason) -> Remedy:
    """Whose domain to use instead; or the record that makes do with less."""
    sender = to_u_labels(wanted.sender)
    exactly = f"{sender} itself" if reason.instead else f"{sender} or below it"
    if reason.tag == "policy-enforced":
        return Remedy(instruction=f"Align the sender, or keep p=none for {sender} until it is.")
    how = {
        "spf-not-aligned": f"Have the sender use a MAIL FROM in {exactly}, with SPF and MX there",
        "dkim-not-aligned": f"Have the sender sign with a d= that is {exactly}, with the key there",
    }.get(reason.tag, "Have the zone's servers answer for it, or its parent delegate it to others")
    return Remedy(reason.instead, f"{how}; or relax the policy:" if reason.instead else f"{how}.")


_SENTENCE = "sender example.com by bounces.example.com signed by esp.example is aligned"
_ORG = told("_dmarc.example.com TXT", '"v=DMARC1; p=reject"')
_BOUNCES = told("_dmarc.bounces.example.com TXT", "NXDOMAIN")

CHECK = check(
    __doc__,
    template="sender {sender} [by {mailfrom}] [signed by {signer}] is aligned",
    parameters=SenderIsAligned,
    judge=judge,
    remedy=remedy,
    also=REFUSED,
    sources=("RFC 9989 §4.4, 4.10.2, 5.3.5",),
    over_several=True,
    examples=(
        Example(
            "the service bounces to a subdomain, and signs with its own domain",
            _SENTENCE,
            (_ORG, _BOUNCES, told("_dmarc.com TXT", "NODATA")),
            "met",
        ),
        Example(
            "the same under strict alignment",
            _SENTENCE,
            (told("_dmarc.example.com TXT", '"v=DMARC1; p=reject; aspf=s"'),),
            "spf-not-aligned",
        ),
        Example(
            "a service that authenticates only itself",
            "sender example.com signed by esp.example is aligned",
            (_ORG,),
            "dkim-not-aligned",
        ),
        Example(
            "whether the registry has a record changes nothing for two names of one organisation",
            _SENTENCE,
            (_ORG, _BOUNCES, told("_dmarc.com TXT", "TIMEOUT")),
            "met",
            partly_unknown=True,
        ),
    ),
)
