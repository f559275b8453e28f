"""Causes that mail servers give, and limits on what is asked."""

from __future__ import annotations

from mailcheck.causes.cause import Cause

MAIL: dict[str, Cause] = {
    "connection-closed": Cause(
        "The server closed the connection before it said what was waited for.",
        "It may have something against this client: ask from where your mail leaves. Of your own "
        "server, see the log: it may have failed.",
    ),
    "connection-reset": Cause(
        "The connection to the server was reset.",
        "A firewall, or the server, has something against this client: ask from elsewhere. Of your "
        "own server, see the log: it may have failed.",
    ),
    "malformed-reply": Cause(
        "What is said on the port is no reply of SMTP, or of IMAP or HTTP where that was asked.",
        "See which service listens there.",
    ),
    "unreadable-certificate": Cause(
        "The certificate that the server sends is not well-formed.",
        "Look at it with the command that is shown, and have it issued anew.",
    ),
    "handshake-failed": Cause(
        "The TLS handshake with the server fails, and what it says in TLS is not known.",
        "See why it fails with the command that is shown: the server may be set up wrongly, or "
        "speak only what the OpenSSL of this machine refuses.",
    ),
    "ends-today": Cause(
        "A certificate ends on the day of the run, and a date does not tell whether it has.",
        "Renew it: by tomorrow it has ended.",
    ),
    "temporary-failure": Cause(
        "The mail server refuses for now (a reply that begins with 4).",
        "Ask again later; limits are often over in minutes. Of your own server, see the log: 4.3.z is "
        "about the server itself.",
    ),
    "greylisted": Cause(
        "The mail server defers a recipient it does not know this client for (450, 451): greylisting.",
        "Nothing: it is not asked again. Ask from where your mail leaves, or let the server know this "
        "client.",
    ),
    "null-sender-refused": Cause(
        "The mail server refuses the null sender, with which recipients are tried.",
        "See `domain D accepts bounces`; the recipient itself was not judged.",
    ),
    "refused-this-client": Cause(
        "The mail server refuses (a reply that begins with 5), perhaps only this client.",
        "Ask from where your mail leaves; its reply says why.",
    ),
    "turned-away": Cause(
        "The IMAP server says BYE, or UNAVAILABLE: it serves nobody now, or not this client.",
        "Ask from where your users are; its words say why.",
    ),
    "same-machine": Cause(
        "The server was asked from its own address, and trusts its own machine with more than others.",
        "Ask from another machine.",
    ),
    "service-unavailable": Cause(
        "The web server says 503 or 429: it serves nobody now, or this client too often.",
        "Ask again later. Of your own server, see its log; some firewalls answer so to programs.",
    ),
    "unexpected-reply": Cause(
        "The mail server says what has no meaning at this point.",
        "See which service listens there.",
    ),
    "too-few-answers": Cause(
        "Fewer than two resolvers answered, and one alone has nobody to agree with.",
        "Give the sentence `resolvers: [ADDRESS, ADDRESS]`, or name several with `--mail-resolver`.",
    ),
    "too-many-destinations": Cause(
        "DMARC reports are to go to more domains than are looked at, and those looked at are in order.",
        "Name fewer: receivers may stop behind two addresses.",
    ),
    "too-many-exchanges": Cause(
        "The domain has more mail exchangers than are asked, and those asked are in order.",
        "Name fewer: senders try few of them.",
    ),
    "too-many-names": Cause(
        "The address has more reverse names than are asked, and none of those asked leads back.",
        "Publish one PTR record.",
    ),
    "too-many-networks": Cause(
        "SPF names more networks than are listed.",
        "Name larger ones in their place: no receiver needs so many.",
    ),
    "too-many-records": Cause(
        "There are more records at the name than are kept, and what was looked for is not among "
        "those kept.",
        "Remove what is not needed.",
    ),
    "too-many-servers": Cause(
        "The zone has more name servers than are asked, and those asked are in order.",
        "Ask the others by hand; few zones need so many.",
    ),
    "too-many-terms": Cause(
        "SPF has more terms that ask DNS than are followed: those whom an included record keeps out "
        "come to others than strangers do.",
        "Name networks in their place: a receiver follows ten.",
    ),
    "too-many-to-ask": Cause(
        "The sentence leads to more addresses than one sentence may connect to.",
        "Name the hosts in sentences of their own.",
    ),
}
