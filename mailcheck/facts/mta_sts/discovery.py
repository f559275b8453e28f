"""Discovering the policy of a domain, as senders do: the record, then the policy (RFC 8461 §3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.existence import REFUSED_BY_AUTHORITY, absence
from mailcheck.facts.misplaced import ALIAS
from mailcheck.facts.mta_sts.fetching import PolicyFetches
from mailcheck.facts.mta_sts.mending import renewed
from mailcheck.facts.mta_sts.record import looks_like_record, read_record, records_among
from mailcheck.facts.mta_sts.served import served
from mailcheck.facts.smtp.certificates import run_date
from mailcheck.facts.tls.handshake import Tls
from mailcheck.facts.tls.trust import ChainTrust
from mailcheck.facts.txt import Texts
from mailcheck.finding import Advice, Finding, Part, Reason, all_hold, any_holds, met, unmet
from mailcheck.names import MAX_NAME, to_u_labels
from mailcheck.question import NotObserved, Unobserved, each_of

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.https import HttpsGetFact
    from mailcheck.facts.mta_sts.policy import Policy
    from mailcheck.facts.smtp.hosts import Families, HostSessionsFact
    from mailcheck.facts.txt import TextsFact

NO_RECORD = "no-record"
MEANT = "record"
"""What a reason ``no-record`` is about where a text was meant for one."""

CONNECTION_REFUSED = "connection-refused"


def record_name(domain: str) -> str:
    """Return where the record of *domain* stands."""
    return f"_mta-sts.{domain}"


def holder(answer: DnsAnswer) -> str:
    """Return the name that has the record: the end of the aliases, if there are any."""
    return answer.aliases[-1] if answer.aliases else answer.name


def no_room(domain: str) -> str:
    """Say that no record of *domain* can exist, because of its length; nothing if one can."""
    if len(record_name(domain)) <= MAX_NAME:
        return ""
    return (
        f"the domain has {len(domain)} characters, and with _mta-sts before it more than the "
        f"{MAX_NAME} of any name: it can have no MTA-STS"
    )


@dataclass(frozen=True, slots=True)
class Discovered:
    """What senders find. ``policies`` are those that they apply, each once; several if addresses differ.

    ``record`` and ``served`` judge the two steps. Without any record nobody looks for a policy.
    ``renewed`` is the record with another id, as it has to be once the policy changed.
    """

    record: Part
    served: Part
    policies: tuple[Policy, ...] = ()
    renewed: tuple[str, ...] = ()

    @property
    def found(self) -> Finding:
        """Whether there is a policy to be applied, whichever address is asked."""
        return all_hold((self.record, self.served))


async def discovered(domain: str, families: Families = "any") -> Discovered:
    """Look for the record of *domain*, and fetch its policy from each address of the policy host."""
    if too_long := no_room(domain):
        return Discovered(unmet(NO_RECORD, too_long), met())
    [texts] = await each_of([Texts(record_name(domain))])
    record = texts if isinstance(texts, Unobserved) else _record(texts)
    if isinstance(record, Finding) and any(r.tag == NO_RECORD for r in record.reasons):
        return Discovered(record, met())
    whole, policies = await policies_served(domain, families)
    if isinstance(texts, Unobserved):
        return Discovered(record, whole, policies)
    again = renewed(holder(texts.answer), records_among(texts.texts))
    return Discovered(record, whole, policies, (again,))


async def policies_served(domain: str, families: Families) -> tuple[Part, tuple[Policy, ...]]:
    """Fetch the policy of *domain* from each address of its policy host, whatever its record says."""
    try:
        fetches = await PolicyFetches(domain)
    except NotObserved as unknown:
        return unknown.unobserved, ()
    return await _judged(fetches, families)


def _record(found: TextsFact) -> Part:
    """Judge the record: there must be one, by the grammar (§3.1)."""
    answer = found.answer
    shown = to_u_labels(answer.name)
    gone = absence(answer)
    if gone and gone.tag == REFUSED_BY_AUTHORITY:
        return Finding((gone,))
    if gone:
        return unmet(NO_RECORD, gone.text, ALIAS if answer.aliases else gone.about)
    records = records_among(found.texts)
    if len(records) > 1:
        text = f"{shown} has {len(records)} records that begin with v=STSv1"
        one = renewed(holder(answer), records)
        return Finding((Reason("several-records", text, instead=(one,)),))
    if not records:
        there = f"; it has {visible(repr(found.texts[0])[1:], 80)}" if found.texts else ""
        text = f"{shown} has no TXT record that begins with v=STSv1 and a semicolon{there}"
        meant = [one for one in found.texts if looks_like_record(one)]
        instead = (renewed(holder(answer), meant),) if meant else ()
        about = MEANT if meant else ALIAS if answer.aliases else ""
        return any_holds((Finding((Reason(NO_RECORD, text, about, instead),)), *answer.unread))
    try:
        read_record(records[0])
    except ValueError as error:
        text = f"the record of {shown} is malformed: {error}"
        mended = renewed(holder(answer), records)
        malformed = Finding((Reason("malformed-record", text, instead=(mended,)),))
        return any_holds((malformed, *answer.unread)) if answer.unread else malformed
    return all_hold((met(), *answer.unread))


async def _judged(
    fetches: HostSessionsFact[HttpsGetFact], families: Families
) -> tuple[Finding, tuple[Policy, ...]]:
    """Judge what each address serves: senders ask any of them.

    One that refuses connections sends them on to the next, so it decides only where no other could
    answer.
    """
    known = [fetch for _, fetch in fetches.sessions if not isinstance(fetch, Unobserved)]
    answers = any(not fetch.refused for fetch in known)
    chains = {ChainTrust.of(f.tls): None for f in known if isinstance(f.tls, Tls)}
    trust = dict(zip(chains, await each_of(chains), strict=True))
    today = await run_date()
    policies: dict[Policy, None] = {}

    def judge(fetch: HttpsGetFact) -> Part:
        if fetch.refused and answers:
            text = f"{fetch.where} refuses connections; senders go on to the next address"
            return met(Advice("address-refuses", text))
        chain = trust[ChainTrust.of(fetch.tls)] if isinstance(fetch.tls, Tls) else None
        part, policy = served(fetch, chain, today)
        if policy is not None:
            policies[policy] = None
        return part

    parts = list(fetches.judged(judge, families, named_by_mx=True))
    if any(isinstance(part, Unobserved) for part in parts) and not answers:
        parts = [part for part in parts if not _is_refusal(part)]
    whole = all_hold(parts)
    if len(policies) > 1:
        text = f"the addresses of {to_u_labels(fetches.found.host)} serve different policies"
        whole = whole.with_advice(Advice("policies-differ", text))
    return whole, tuple(policies)


def _is_refusal(part: Part) -> bool:
    return isinstance(part, Finding) and any(r.tag == CONNECTION_REFUSED for r in part.reasons)
