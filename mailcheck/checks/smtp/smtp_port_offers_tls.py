"""A mail server speaks TLS of a version that is not too old.

Requires
    Every address of the host, or of every MX host of the domain, agrees to the version of TLS or a
    newer one; with ``refuses_older: true`` to no older one either. Without ``host``, the port is 25.

Why
    TLS 1.0 and 1.1 must not be used any more (RFC 8996), and senders have dropped them. To refuse
    them is another matter: a sender that knows nothing else then delivers in clear.

Met when
    The newest version that both sides know is the one that is demanded, or newer. For
    ``refuses_older``, a session is held for each older version from TLS 1.0 on, which offers it
    alone; that the server ends it with an alert, or hangs up, is a refusal.

Unmet when
    old-tls: the newest version that an address knows is older.
        Senders that have dropped it do not come to an agreement ("unsupported protocol", "tlsv1
        alert protocol version"): they deliver in clear, and not at all where TLS is demanded.
    offers-old-tls: an address agrees to an older version too, and ``refuses_older`` is demanded.
        No sender refuses mail for it, and none that knows better uses it; audits ask for it
        (RFC 8996: "MUST NOT negotiate").
    ...

Not judged here
    Ciphers, and the certificate. A version that this machine's OpenSSL cannot offer is not
    evaluated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.secured import NOT_SECURED, secured
from mailcheck.facts.smtp.securing import to_be_secured
from mailcheck.facts.smtp.target import NOT_SERVED, SmtpTarget
from mailcheck.facts.smtp.tls_versions import OFFERS_OLD_TLS, refuses, with_older
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import NoTls, Tls, shown_version, told_tls
from mailcheck.finding import Finding, Reason, Remedy, all_hold, met, unmet
from mailcheck.names import to_u_labels
from mailcheck.question import each_of
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.check import Told
    from mailcheck.facts.smtp.session import SmtpSession, SmtpSessionFact
    from mailcheck.finding import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpPortOffersTls(SmtpTarget):
    """The parameters of the sentence."""

    version: Literal["1.2", "1.3"] = slot("the version to be had at least", subjects=())
    refuses_older: bool = slot("true: no older version must be agreed to", default=False)


async def judge(wanted: SmtpPortOffersTls) -> Finding:
    """Look at what is agreed with every address, then offer each less than that."""
    version = f"TLSv{wanted.version}"
    older: dict[SmtpSession, None] = {}

    def offers(session: SmtpSessionFact) -> Part:
        tls = secured(session)
        if not isinstance(tls, Tls):
            return tls
        if tls.is_older_than(version):
            text = f"{session.where} knows nothing newer than {shown_version(tls.version)}"
            return unmet("old-tls", text, str(session.address))
        older.update(dict.fromkeys(with_older(session, version)))
        return met()

    found = await wanted.every_server(offers)
    if not wanted.refuses_older:
        return found
    answers = await each_of(older)
    refusals = (refuses(asked, answer) for asked, answer in zip(older, answers, strict=True))
    return all_hold((found, *refusals))


def remedy(wanted: SmtpPortOffersTls, reason: Reason) -> Remedy:
    """What to update, or which versions to leave out."""
    at = to_u_labels(reason.about)
    match reason.tag:
        case "old-tls":
            text = (
                f"Have the server at {at} speak TLS {wanted.version}: a newer OpenSSL, or Postfix "
                "smtpd_tls_protocols = >=TLSv1.2 in place of a list that leaves it out."
            )
        case tag if tag == OFFERS_OLD_TLS:
            text = (
                f"At {at}, Postfix: smtpd_tls_protocols = >=TLSv{wanted.version}, and "
                "smtpd_tls_mandatory_protocols likewise."
            )
        case _:
            return to_be_secured(reason, wanted.port) or wanted.to_be_served(reason)
    return Remedy(instruction=text)


_OFFER = "250-mx.example.com\n250 STARTTLS"
_HOST = (told("mx.example.com A", "192.0.2.1 | 192.0.2.2"), told("mx.example.com AAAA", "NODATA"))
_NEW, _OLD = told_tls("mx.example.com"), told_tls("mx.example.com", version="TLSv1")
_NONE = NoTls("tlsv1 alert protocol version")


def _session(last: int, tls: Tls | NoTls, only_tls: str = "", greeting: str = "220 mx") -> Told:
    at = f"mx.example.com 192.0.2.{last}:25"
    return told_smtp(at, greeting, ehlo=_OFFER, tls=tls, only_tls=only_tls)


def _example(says: str, ends: str, *sessions: Told, strict: bool = False) -> Example:
    sentence = "SMTP port 25 of mx.example.com offers TLS 1.2"
    if strict:
        sentence = f"{{{sentence}: {{refuses_older: true}}}}"
    return Example(says, sentence, (*_HOST, *sessions), ends, partly_unknown="silent" in says)


_BOTH = (_session(1, _NEW), _session(2, _NEW))
_REFUSED = (_session(1, _NONE, "TLSv1"), *(_session(n, _NONE, "TLSv1.1") for n in (1, 2)))

CHECK = check(
    __doc__,
    template="SMTP port {port} [of {host}] offers TLS {version}",
    parameters=SmtpPortOffersTls,
    judge=judge,
    remedy=remedy,
    also=NOT_SECURED.rstrip() + NOT_SERVED,
    sources=("RFC 8996 §4", "RFC 9325 §3.1.1", "RFC 3207 §4"),
    over_several=True,
    examples=(
        _example("each address speaks it", "met", *_BOTH),
        _example("one was left behind", "old-tls", _session(1, _NEW), _session(2, _OLD)),
        _example(
            "that decides, though the other is silent", "old-tls",
            _session(1, _NEW, greeting="TIMEOUT"), _session(2, _OLD),
        ),
        _example(
            "one is silent", "inconclusive: timeout",
            _session(1, _NEW, greeting="TIMEOUT"), _session(2, _NEW),
        ),
        _example(
            "old versions are refused", "met",
            *_BOTH, *_REFUSED, _session(2, _NONE, "TLSv1"), strict=True,
        ),
        _example(
            "one address agrees to TLS 1.0", "offers-old-tls",
            *_BOTH, *_REFUSED, _session(2, _OLD, "TLSv1"), strict=True,
        ),
    ),
)  # fmt: skip
