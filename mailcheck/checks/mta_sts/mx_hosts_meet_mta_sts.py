"""The domain's MX hosts are as its MTA-STS policy wants them.

Requires
    The domain has a policy that senders discover, which names every MX host; and each address of each
    MX host offers STARTTLS, and in it a certificate that is for the host, trusted, and not ended.

Why
    In mode enforce, a host that fails gets no mail from Gmail, Microsoft and all else who look, and
    gets it from others: the loss is easily overlooked (RFC 8461 §5).

Met when
    Senders would deliver to every MX host. A policy in mode none asks for nothing.

Unmet when
    no-policy: senders discover no policy that they could apply.
        Those that know no policy yet deliver without: the hosts are held to nothing.
    mx-not-covered: the policy does not name an MX host.
        In mode enforce, senders do not deliver to it: mail is deferred and bounced, with the words
        "MTA-STS policy". In mode testing, they deliver and report it (validation-failure, RFC 8460).
    other-certificate: the certificate of an MX host is for other names.
        In mode enforce, senders do not deliver to it: "Server certificate not verified".
        In mode testing, they report certificate-host-mismatch (RFC 8460 §4.3.1).
    certificate-expired: the certificate of an MX host ended before the day of the run.
        In mode enforce, senders do not deliver to it: mail is deferred and bounced. In mode testing,
        they report certificate-expired (RFC 8460 §4.3.1).
    certificate-not-yet-valid: the certificate of an MX host begins after the day of the run.
        In mode enforce, senders do not deliver to it. In mode testing, they report it.
    self-signed: the certificate of an MX host is signed by itself, and not trusted.
        In mode enforce, senders do not deliver to it: mail is deferred and bounced. In mode testing,
        they report certificate-not-trusted (RFC 8460 §4.3.1). For DANE alone it would do.
    chain-incomplete: the issuer of an MX host's last certificate was not sent, nor is it trusted.
        In mode enforce, senders do not deliver to it: they do not fetch what is missing. In mode
        testing, they report certificate-not-trusted.
    untrusted-issuer: the chain of an MX host ends at a root that this run does not trust.
        In mode enforce, senders do not deliver to it: they trust the public authorities only. In mode
        testing, they report certificate-not-trusted.
    bad-chain: the chain of an MX host leads to an authority, and must not be relied on.
        A signature is wrong, an intermediate has ended, or a key is too weak. In mode enforce,
        senders do not deliver to it. In mode testing, they report certificate-not-trusted.
    ...

Advises when
    mode-none: the policy is in mode none, so nothing was asked of the hosts.
        Senders deliver as if there were no policy.

Not judged here
    Record and policy themselves: ``MTA-STS is valid``. Old versions of TLS: ``SMTP port 25 offers TLS
    1.2``. DANE.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.mta_sts.coverage import coverage, remedy_of_not_covered
from mailcheck.facts.mta_sts.discovery import discovered
from mailcheck.facts.mta_sts.hosts import MxHosts, certified
from mailcheck.facts.mta_sts.told import told_policy
from mailcheck.facts.run import told_date
from mailcheck.facts.smtp.secured import NOT_SECURED
from mailcheck.facts.smtp.target import NOT_SERVED
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import told_tls
from mailcheck.facts.tls.trust import told_trust
from mailcheck.finding import Advice, Finding, Reason, Remedy, all_hold, met, unmet
from mailcheck.names import to_u_labels

if TYPE_CHECKING:
    from mailcheck.facts.tls.handshake import Tls


@dataclass(frozen=True, slots=True, kw_only=True)
class MxHostsMeetMtaSts(MxHosts):
    """The parameters of the sentence."""


async def judge(wanted: MxHostsMeetMtaSts) -> Finding:
    """Discover the policy, then see what it would make of each host."""
    seen = await discovered(wanted.domain, wanted.families)
    record, policies = all_hold([seen.record]), seen.policies
    missing = record.reasons or (() if policies else seen.found.reasons)
    if missing:
        shown = to_u_labels(wanted.domain)
        return unmet("no-policy", f"{shown} has no policy to apply: {missing[0].text}")
    unknown = Finding(unknown=seen.found.unknown)
    if not any(policy.applies for policy in policies):
        none = Advice("mode-none", "the policy is in mode none: nothing is asked of the hosts")
        return all_hold((unknown, met(none) if policies else met()))
    covered = await coverage(wanted.domain, policies, seen.renewed)
    return all_hold((covered, await certified(wanted.on_port_25()), unknown))


def remedy(wanted: MxHostsMeetMtaSts, reason: Reason) -> Remedy:
    """What to serve, or how the host comes by a certificate."""
    match reason.tag:
        case "no-policy":
            shown = to_u_labels(wanted.domain)
            text = f"See what is wrong with it: mailcheck check 'MTA-STS of {shown} is valid'"
            return Remedy(instruction=text)
        case "mx-not-covered":
            return remedy_of_not_covered(wanted.domain, reason)
    return wanted.to_be_certified(reason)


_MX, _HOST = "mx.example.com", "mta-sts.example.com"
_NAMES = (
    told("_mta-sts.example.com TXT", '"v=STSv1; id=1"'),
    *(told(f"{_HOST} A", "192.0.2.80"), told(f"{_HOST} AAAA", "NODATA")),
    *(told("example.com MX", f"10 {_MX}."), told(f"{_MX} AAAA", "NODATA")),
    told(f"{_MX} A", "192.0.2.1 | 192.0.2.2"),
)
_OFFER = f"250-{_MX}\n250 STARTTLS"


def _example(
    says: str, ends: str, tls: Tls, second: str = "220 mx", *, mx: str = _MX, ehlo: str = _OFFER
) -> Example:
    policy = f"version: STSv1\nmode: enforce\nmx: {mx}\nmax_age: 2419200\n"
    sessions = (
        told_smtp(f"{_MX} 192.0.2.1:25", "220 mx", ehlo=ehlo, tls=tls),
        told_smtp(f"{_MX} 192.0.2.2:25", second, ehlo=_OFFER, tls=told_tls(_MX)),
    )
    trusts = (told_trust(told_tls(_MX)), told_trust(told_tls("other.example")))
    known = (told_date("2026-01-31"), told_policy(f"{_HOST} 192.0.2.80", policy), *trusts)
    told_too = (*_NAMES, *sessions, *known, told_trust(told_tls(_HOST)))
    sentence = "MX hosts of example.com meet MTA-STS"
    return Example(says, sentence, told_too, ends, partly_unknown=second == "TIMEOUT")


CHECK = check(
    __doc__,
    template="MX hosts [of {domain}] meet MTA-STS",
    parameters=MxHostsMeetMtaSts,
    judge=judge,
    remedy=remedy,
    also=NOT_SECURED.rstrip() + NOT_SERVED,
    sources=("RFC 8461 §4.1, 4.2, 5", "RFC 8460 §4.3.1", "RFC 9525 §6.3"),
    over_several=True,
    examples=(
        _example("each address shows a certificate for the host", "met", told_tls(_MX)),
        _example("the policy names another host", "mx-not-covered", told_tls(_MX), mx="a.example"),
        _example("one address shows another's", "other-certificate", told_tls("other.example")),
        _example("one offers no TLS", "no-starttls", told_tls(_MX), ehlo="250 mx"),
        _example("one is silent", "inconclusive: timeout", told_tls(_MX), "TIMEOUT"),
    ),
)
