"""The domain's MTA-STS policy can be discovered, and names its MX hosts.

Requires
    One record at ``_mta-sts`` and the domain says that there is a policy; every address of the host
    ``mta-sts`` and the domain serves it over HTTPS, with a certificate that this run trusts; and it
    names every MX host, in mode ``enforce`` as in ``testing``.

Why
    With a policy, senders give mail to nobody but the hosts that it names, and only in TLS that they
    verify (RFC 8461). One that cannot be found protects nothing; one that leaves out a host loses
    mail.

Met when
    Record and policy keep to the grammars of RFC 8461, the policy comes with status 200, as
    ``text/plain``, without redirect, in at most 64 KB and a minute, and each MX host is an ``mx`` of
    it, or matches one that begins with ``*.``, which stands for one label.

Unmet when
    no-record: no TXT record at ``_mta-sts`` begins with ``v=STSv1;``.
        Senders look no further: those that know no policy yet deliver without, to whoever stands in
        between too.
    mx-not-covered: the policy does not name an MX host.
        In mode enforce, senders do not deliver to it: mail is deferred and bounced, with the words
        "MTA-STS policy". In mode testing, they deliver and report it (validation-failure, RFC 8460).
    no-such-domain: the domain does not exist (NXDOMAIN), so no host takes mail for it.
        Senders bounce at once: "550 5.1.2 host not found".
    ...

Advises when
    testing: the policy is in mode testing.
        Senders report what fails and deliver all the same.
    mode-none: the policy is in mode none.
        Senders deliver as if there were no policy; so one is given up (RFC 8461 §8.3).
    short-max-age: in mode enforce, senders forget the policy in less than two weeks.
        Whoever keeps them from fetching it that long gets the mail; RFC 8461 §3.2 expects weeks.
    not-an-mx: the policy names a host, or a pattern, that no MX is.
        Another may take mail in the domain's name if it comes by a certificate for that.
    certificate-ends-soon: the certificate of the policy host ends in less than two weeks.
        Once it has ended, no sender fetches the policy.
    still-served: a change takes the record away while the policy is served in another mode than none.
        Senders that have the policy keep to it until it runs out, and see no change (RFC 8461 §8.3).
    address-refuses: an address of the policy host refuses connections, and another does not.
        Senders go on to the next address, which takes time.
    policies-differ: the addresses of the policy host serve different policies.
        It is chance which one a sender keeps, for as long as ``max_age`` says.

Not judged here
    What the MX hosts offer: ``MX hosts meet MTA-STS``. That a policy changed under the
    same id: nothing keeps the last one to compare with. Senders keep it until its ``max_age`` is over.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.mta_sts.coverage import coverage, remedy_of_not_covered, with_lines
from mailcheck.facts.mta_sts.discovery import discovered, no_room, record_name
from mailcheck.facts.mta_sts.fetching import MtaStsDomain
from mailcheck.facts.mta_sts.policy import Policy
from mailcheck.facts.mta_sts.removal import remedy_of_no_record, with_removal
from mailcheck.facts.mta_sts.telling import NOT_DISCOVERED, to_be_discovered
from mailcheck.facts.mta_sts.told import told_policy
from mailcheck.facts.run import told_date
from mailcheck.facts.smtp.hosts import Families
from mailcheck.facts.tls.handshake import told_tls
from mailcheck.facts.tls.trust import told_trust
from mailcheck.finding import Advice, Finding, Reason, Remedy, all_hold
from mailcheck.names import to_u_labels
from mailcheck.slots import slot

A_DAY, TWO_WEEKS = 86_400, 1_209_600


@dataclass(frozen=True, slots=True)
class MtaStsIsValid:
    """The parameters of the sentence."""

    domain: MtaStsDomain = slot("the domain whose policy is looked for")
    families: Families = slot(
        "all: IPv6 addresses must be asked even if this machine has no route for IPv6",
        default="any",
    )


async def judge(wanted: MtaStsIsValid) -> Finding:
    """Discover the policy as senders do, then compare it with the MX records."""
    seen = await discovered(wanted.domain, wanted.families)
    covered = await coverage(wanted.domain, seen.policies, seen.renewed)
    advice = [advice for policy in seen.policies for advice in _advice(policy)]
    found = all_hold((seen.record, seen.served, covered)).with_advice(*advice)
    found = await with_removal(found, wanted.domain, wanted.families)
    return await with_lines(found, wanted.domain)


def _advice(policy: Policy) -> tuple[Advice, ...]:
    if policy.mode == "testing":
        return (Advice("testing", "the policy is in mode testing: failures are reported only"),)
    if policy.mode == "none":
        return (Advice("mode-none", "the policy is in mode none: it asks nothing of anybody"),)
    if policy.max_age >= TWO_WEEKS:
        return ()
    short = "less than a day" if policy.max_age < A_DAY else "less than two weeks"
    return (Advice("short-max-age", f"max_age is {policy.max_age} s, {short}"),)


def remedy(wanted: MtaStsIsValid, reason: Reason) -> Remedy:
    """A record to publish, a line for the policy, or what to serve."""
    domain = str(wanted.domain)
    match reason.tag:
        case "no-record" if no_room(domain):
            return Remedy(instruction="Take mail at a shorter name, or leave this sentence out.")
        case "no-record":
            return remedy_of_no_record(domain, reason)
        case "mx-not-covered":
            return remedy_of_not_covered(domain, reason)
        case "no-such-domain":
            return Remedy(instruction=f"Check the spelling of {to_u_labels(domain)}.")
    return to_be_discovered(domain, reason)


_RECORD = told(f"{record_name('example.com')} TXT", '"v=STSv1; id=1"')
_HOST = "mta-sts.example.com"
_ADDRESSES = (told(f"{_HOST} A", "192.0.2.1 | 192.0.2.2"), told(f"{_HOST} AAAA", "NODATA"))
_MX = told("example.com MX", "10 mx1.example.com. | 20 mx2.example.com.")
_POLICY = "version: STSv1\nmode: enforce\nmx: {}.example.com\nmax_age: 2419200\n"


def _example(says: str, ends: str, mx: str = "*", second: str = "") -> Example:
    policy = _POLICY.format(mx)
    fetched = told_policy(f"{_HOST} 192.0.2.1", policy), told_policy(f"{_HOST} 192.0.2.2", second or policy)  # fmt: skip
    known = (told_date("2026-01-31"), _MX, told_trust(told_tls(_HOST)))
    told_too = (_RECORD, *_ADDRESSES, *fetched, *known)
    partly_unknown = second == "TIMEOUT"
    return Example(says, "MTA-STS of example.com is valid", told_too, ends, partly_unknown)


CHECK = check(
    __doc__,
    template="MTA-STS [of {domain}] is valid",
    parameters=MtaStsIsValid,
    judge=judge,
    remedy=remedy,
    also=NOT_DISCOVERED,
    sources=("RFC 8461 §3.1, 3.2, 3.3, 4.1", "RFC 8460 §4.3.2", "RFC 8996"),
    over_several=True,
    examples=(
        _example("both addresses serve a policy that names all MX hosts", "met"),
        _example("a new MX host was forgotten", "mx-not-covered", mx="mx1"),
        _example("one address is silent", "inconclusive: timeout", second="TIMEOUT"),
        _example("that decides, whatever it serves", "mx-not-covered", "mx1", "TIMEOUT"),
    ),
)
