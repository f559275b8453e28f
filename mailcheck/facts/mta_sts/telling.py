"""What a policy that senders cannot discover means to them, and what to publish or serve."""

from __future__ import annotations

from mailcheck.facts.change.given_back import BACK, REMOVED
from mailcheck.facts.existence import remedy_of_absence
from mailcheck.facts.host_addresses import address_record
from mailcheck.facts.mta_sts.discovery import record_name
from mailcheck.facts.mta_sts.fetching import PATH, policy_host
from mailcheck.facts.mta_sts.mending import by_whom, lines_of, renewed
from mailcheck.finding import Reason, Remedy
from mailcheck.names import to_u_labels

NOT_DISCOVERED = """
several-records: more than one TXT record at ``_mta-sts`` begins with ``v=STSv1;``.
    Senders take that for no record (RFC 8461 §3.1): those that know no policy yet deliver without.
malformed-record: the record is not one by the grammar of RFC 8461 §3.1, or has no usable id.
    Senders take that for no record: those that know no policy yet deliver without.
refused-by-authority: all name servers of the zone of the record, or of a host, refuse.
    Resolvers say SERVFAIL; senders that know no policy yet deliver without.
no-address: the policy host, ``mta-sts`` and the domain, has neither A nor AAAA.
    Senders cannot fetch the policy: those that know none yet deliver without; for others it runs out.
connection-refused: no address of the policy host takes connections to port 443.
    Senders cannot fetch the policy: those that know none yet deliver without; for others it runs out.
no-tls: the TLS handshake with an address of the policy host fails.
    Senders cannot fetch the policy: sts-policy-fetch-error in TLS reports (RFC 8460 §4.3.2).
old-tls: an address of the policy host speaks nothing newer than TLS 1.1.
    Senders do not speak that any more (RFC 8996) and cannot fetch the policy.
other-certificate: the certificate of the policy host is for other names.
    Senders do not take the policy: sts-webpki-invalid in TLS reports (RFC 8460 §4.3.2).
certificate-expired: the certificate of the policy host ended before the day of the run.
    Senders do not take the policy: sts-webpki-invalid in TLS reports. Those that have it keep it
    until it runs out, and do not see it change.
certificate-not-yet-valid: the certificate of the policy host begins after the day of the run.
    Senders do not take the policy: sts-webpki-invalid in TLS reports (RFC 8460 §4.3.2).
self-signed: the certificate of the policy host is signed by itself, and not trusted.
    Senders do not take the policy: sts-webpki-invalid in TLS reports (RFC 8460 §4.3.2).
chain-incomplete: the issuer of the policy host's last certificate was not sent, nor is it trusted.
    Browsers fetch what is missing, and senders do not: sts-webpki-invalid in TLS reports.
untrusted-issuer: the chain of the policy host ends at a root that this run does not trust.
    Senders trust the public authorities only: sts-webpki-invalid in TLS reports.
bad-chain: the chain of the policy host leads to an authority, and must not be relied on.
    A signature is wrong, an intermediate has ended, or a key is too weak: sts-webpki-invalid in TLS
    reports (RFC 8460 §4.3.2).
redirected: the policy host redirects to another place.
    Senders follow no redirect (RFC 8461 §3.3), and have no policy.
not-served: the policy host answers with a status that is neither 200 nor a redirect.
    Senders have no policy: sts-policy-fetch-error in TLS reports (RFC 8460 §4.3.2).
not-plain-text: the content type of the policy is not ``text/plain``.
    Senders that look at it, as RFC 8461 §3.2 wants, take it for a page that somebody else wrote.
policy-too-large: the policy is longer than 64 KB.
    Senders give up there (RFC 8461 §3.3), and have no policy.
malformed-policy: what is served is no policy by the grammar of RFC 8461 §3.2.
    Senders ignore it: sts-policy-invalid in TLS reports (RFC 8460 §4.3.2).
"""
"""Tags of a sentence that needs a policy, as a check's page tells them."""

UNSURE = "mode: testing"
"""The line of a policy whose mode is not known, or is that."""

_ISSUED = (
    "Have a public authority issue a certificate for {shown} (certbot certonly -d {host}), and the "
    "web server show it for that name (nginx: server_name {host})."
)
_RENEWED = (
    "Renew the certificate of {shown} (certbot renew), and have the web server read it: certbot "
    "renew --deploy-hook 'nginx -s reload'."
)
_TO_DO = {
    "connection-refused": "Have a web server listen on port 443 of {shown}, or the firewall pass it.",
    "no-tls": "Have the web server speak TLS on port 443 of {shown}; its log says what fails.",
    "old-tls": "Turn on TLS 1.2 and 1.3 at {shown} (nginx: ssl_protocols TLSv1.2 TLSv1.3).",
    "chain-incomplete": "Have the web server send the intermediate certificates of {shown} too "
    "(nginx: ssl_certificate fullchain.pem).",
    "other-certificate": _ISSUED,
    "self-signed": _ISSUED,
    "untrusted-issuer": _ISSUED,
    "certificate-expired": _RENEWED,
    "certificate-not-yet-valid": _RENEWED,
    "bad-chain": _RENEWED,
    "redirected": "Serve the policy at {url} itself; except that path from redirects.",
    "not-plain-text": "Serve {url} as text/plain (nginx: default_type text/plain).",
}
"""What to do by the tag of the reason."""


def record_of(domain: str) -> str:
    """Return a first record of *domain* in zone-file form."""
    return renewed(record_name(domain), ())


def to_be_discovered(domain: str, reason: Reason) -> Remedy:
    """What to do about a *reason* for which senders do not discover the policy of *domain*."""
    host = policy_host(domain)
    shown = to_u_labels(host)
    url = f"https://{shown}{PATH}"
    if reason.tag in ("several-records", "malformed-record"):
        records = reason.instead or (record_of(domain),)
        whose = by_whom(domain, records)
        in_place = f"In place of every record there that begins with v=STSv1{whose}:"
        return Remedy(records, in_place)
    if absent := remedy_of_absence(reason, host, address_record(host)):
        return absent
    if reason.about == REMOVED:
        return Remedy(reason.instead, BACK)
    if reason.tag == "no-address":
        return Remedy((address_record(host),), "With the address of the web server:")
    if text := _TO_DO.get(reason.tag):
        return Remedy(instruction=text.format(shown=shown, host=host, url=url))
    lines = reason.instead or lines_of(b"", (f"mail.{domain}",))
    listed = ", ".join(f"`{line}`" for line in lines)
    stays = " If another mode or max_age was served before, keep it." if UNSURE in lines else ""
    return Remedy(instruction=f"Serve at {url} a policy of these lines: {listed}.{stays}")
