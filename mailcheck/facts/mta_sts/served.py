"""Whether what one address of a policy host serves is a policy that senders apply (RFC 8461 §3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.mta_sts.mending import lines_of
from mailcheck.facts.mta_sts.policy import Policy, read_policy
from mailcheck.facts.smtp.certificates import is_current, is_trusted, when_it_ends
from mailcheck.facts.smtp.own_names import OTHER_CERTIFICATE
from mailcheck.facts.tls.handshake import Tls, shown_version
from mailcheck.finding import Advice, Finding, Part, Reason, all_hold, met, unmet
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.https import HttpsGetFact
    from mailcheck.facts.run import RunDateFact
    from mailcheck.facts.tls.trust import ChainTrustFact

SOON = 14
"""Days before its end at which a certificate is renewed by any program that works."""

FOR_NOW = frozenset({429, 503})
"""Status codes that say: later, or not to this client (RFC 6585 §4, RFC 9110 §15.6.4)."""


def _read_served(fetch: HttpsGetFact) -> Policy | Part:
    """Return the policy in the response of *fetch*, or judge that there is none."""
    if fetch.status is None:
        return fetch.broken or Unobserved("connection-closed", "no response", fetch.evidence)
    if refused := _refused(fetch):
        return refused
    media_type = fetch.content_type.partition(";")[0].strip(" \t").lower()
    if media_type != "text/plain":
        served = visible(fetch.content_type, 80) or "without a content type"
        return unmet("not-plain-text", f"{fetch.where} serves the policy {_as(served)}")
    if fetch.is_cut_short:
        return unmet("policy-too-large", f"{fetch.where} serves more than {len(fetch.body)} octets")
    if fetch.broken is not None:
        return fetch.broken
    try:
        return read_policy(fetch.body)
    except ValueError as error:
        text = f"{fetch.where} serves what is no policy: {error}"
        return Finding((Reason("malformed-policy", text, instead=lines_of(fetch.body)),))


def _is_verified(
    fetch: HttpsGetFact, trust: ChainTrustFact | Unobserved | None, today: RunDateFact | Unobserved
) -> Part:
    """Judge whether senders would take the server of *fetch* for the policy host.

    *trust* is what is known of the chain that it showed.
    """
    about = str(fetch.address)
    if fetch.refused:
        return unmet("connection-refused", f"{fetch.where} refuses connections", about)
    if not isinstance(fetch.tls, Tls) or trust is None:
        return unmet("no-tls", f"{fetch.where}: the TLS {fetch.tls}", about)
    tls, certificate = fetch.tls, fetch.tls.certificate
    if certificate.unreadable:
        text = f"{fetch.where} sends {certificate}"
        return Unobserved("unreadable-certificate", text, fetch.evidence)
    parts = [is_current(fetch, tls, today), is_trusted(fetch, trust)]
    if not certificate.names_host(fetch.host):
        shown = to_u_labels(fetch.host)
        text = f"{fetch.where} has a certificate for {certificate.for_whom}, not {shown}"
        parts.append(unmet(OTHER_CERTIFICATE, text, fetch.host))
    if tls.is_older_than("TLSv1.2"):
        text = f"{fetch.where} speaks no newer TLS than {shown_version(tls.version)}"
        parts.append(unmet("old-tls", text, about))
    found = all_hold(parts)
    return found.with_advice(*_ends_soon(fetch, tls, today)) if found.met else found


def _refused(fetch: HttpsGetFact) -> Part | None:
    """Judge a status that is not 200: no other will do, and no redirect is followed."""
    status = fetch.status or 0
    if status == 200:
        return None
    if status in FOR_NOW:
        text = f"{fetch.where} says {status}: later, or not to this client"
        return Unobserved("service-unavailable", text, fetch.evidence)
    if status // 100 == 3:
        where = f" to {visible(fetch.location, 120)}" if fetch.location else ""
        return unmet("redirected", f"{fetch.where} redirects{where} ({status})", fetch.host)
    return unmet("not-served", f"{fetch.where} answers with status {status}", fetch.host)


def _as(served: str) -> str:
    return served if served.startswith("without") else f"as {served}"


def _ends_soon(
    fetch: HttpsGetFact, tls: Tls, today: RunDateFact | Unobserved
) -> tuple[Advice, ...]:
    if isinstance(today, Unobserved):
        return ()
    if (tls.certificate.not_after.date() - today.today).days >= SOON:
        return ()
    text = f"{fetch.where}: {when_it_ends(tls.certificate, today.today)}"
    return (Advice("certificate-ends-soon", text),)


def served(
    fetch: HttpsGetFact, trust: ChainTrustFact | Unobserved | None, today: RunDateFact | Unobserved
) -> tuple[Finding, Policy | None]:
    """Judge *fetch* as a whole; the policy is None unless senders would apply it."""
    verified = _is_verified(fetch, trust, today)
    if fetch.refused or not isinstance(fetch.tls, Tls):
        return all_hold([verified]), None
    policy = _read_served(fetch)
    content: Part = met() if isinstance(policy, Policy) else policy
    whole = all_hold((verified, content))
    return whole, policy if whole.met and isinstance(policy, Policy) else None
