"""How a selector has no key record, in the words every check of DKIM uses for it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from mailcheck.facts.change.given_back import BACK, REMOVED, given_back
from mailcheck.facts.dkim.mending import republished
from mailcheck.facts.dkim.pieces import joined
from mailcheck.facts.dkim.public_key import PublicKey
from mailcheck.facts.dkim.record import VERSION, DkimKeyRecord, looks_like_key
from mailcheck.facts.dkim.selector import BELOW, owner_name
from mailcheck.facts.existence import REFUSED_BY_AUTHORITY, absence, remedy_of_absence
from mailcheck.facts.misplaced import ALIAS, elsewhere
from mailcheck.facts.record_owner import without_dot
from mailcheck.facts.txt import texts, txt_record
from mailcheck.facts.typed_text import unquoted
from mailcheck.finding import Reason, Remedy
from mailcheck.names import MAX_NAME, to_u_labels

if TYPE_CHECKING:
    from mailcheck.facts.dkim.published import PublishedDkimKeyFact
    from mailcheck.facts.dns import DnsAnswer

MOST_PIECES = 3
"""Records that are tried as the pieces of one, in every order."""

STAND_IN = f"v={VERSION}; k=rsa; p=PUBLIC_KEY"

ABSENT = """
no-record: the selector's name has no TXT record.
    Verifiers find no key: dkim=permerror (no key for signature), and for DMARC the signature is not
    there. Mail that only DKIM authenticates is refused: "550 5.7.26 ... unauthenticated".
wrong-place: there is none where verifiers look, and a key record where they do not.
    Verifiers ask for the selector at _domainkey below the domain, and nowhere else.
"""
"""The tags of what is said here, in the form of a check's page; others stand apart."""

SEVERAL = """
several-records: there are several TXT records at the selector's name.
    RFC 6376 §3.6.2.2 leaves open what happens: verifiers try one, all or none of them, and some put
    them together. The same mail passes here and fails there.
"""

REFUSED = """
refused-by-authority: all name servers of the zone refuse to answer.
    Resolvers say SERVFAIL, and verifiers cannot find out: dkim=temperror, and mail is deferred or
    taken without DKIM.
"""


async def no_record(
    selector: str, domain: str, found: PublishedDkimKeyFact, *, search: bool = True
) -> Reason | None:
    """Say why there is no single text at the selector's name; None if there is one.

    If there is none at all, one that was put elsewhere by mistake is looked for, if that is wanted.
    """
    if len(found.texts) == 1:
        return None
    if found.texts:
        return _several(found)
    if len(found.owner) > MAX_NAME:
        said = (
            f"the selector, _domainkey and the domain have {len(found.owner)} characters together, "
        )
        return Reason("no-record", f"{said}and no name has more than {MAX_NAME}")
    gone = absence(found.answer)
    if gone and gone.tag == REFUSED_BY_AUTHORITY:
        return gone
    name, there = await _misplaced(selector, domain, found.answer) if search else ("", ())
    if name:
        text = there[0]
        said = f"{to_u_labels(name)} has a key record, and {found.where} has none"
        instead = (txt_record(found.owner, unquoted(text)),) if len(text) < 2 * MAX_NAME else ()
        return Reason("wrong-place", said, name, instead)
    said = gone.text if gone else f"{found.where} has no TXT record"
    if search and (back := await given_back(found.owner, "TXT", _is_key, found.answer.aliases)):
        return Reason("no-record", said, REMOVED, back)
    return Reason("no-record", said, ALIAS if found.answer.aliases else found.answer.denier)


def _is_key(live: DnsAnswer) -> bool:
    """Whether *live* is a key record that is worth having back: it may have been revoked."""
    [text, *more] = texts(live).texts or (b"",)
    return not more and isinstance(DkimKeyRecord(text).key, PublicKey)


def _several(found: PublishedDkimKeyFact) -> Reason:
    said = f"{found.where} has {len(found.texts)} TXT records"
    keys = [text for text in found.texts if looks_like_key(text)]
    if len(keys) != 1:
        several = itertools.permutations(found.texts) if len(found.texts) <= MOST_PIECES else ()
        for strings in several:
            if whole := joined(DkimKeyRecord(strings[0], found.holder, strings)):
                pieces = f"{said}, pieces of one key"
                return Reason("several-records", pieces, found.holder, republished(whole))
        return Reason("several-records", said, found.holder)
    record = DkimKeyRecord(keys[0], found.holder)
    # A record for each string, where one record was to have several strings.
    rest = [text for text in found.texts if text not in keys]
    whole = DkimKeyRecord(b"".join((*keys, *rest)), found.holder)
    if isinstance(whole.key, PublicKey) and whole.key != record.key:
        instead = republished(whole)
        said += ", pieces of one key"
    else:
        instead = republished(record)
    return Reason("several-records", said, found.holder, instead)


async def _misplaced(
    selector: str, domain: str, answer: DnsAnswer
) -> tuple[str, tuple[bytes, ...]]:
    """Return a name at which the key record stands by mistake, and its texts.

    *answer* is what stands at the right name instead.
    """
    names = [
        f"{selector}.{domain}",
        f"{BELOW}.{domain}",
        f"{selector}.{BELOW.removeprefix('_')}.{domain}",
        domain,
        without_dot(domain, answer),
    ]
    return await elsewhere(names, lambda _, text: looks_like_key(text))


def remedy_of_no_record(
    selector: str, domain: str, reason: Reason, record: tuple[str, ...] = ()
) -> Remedy | None:
    """What to publish because of a *reason* that was given here; None if it is another one.

    *record* is the one with the right key, where that is known.
    """
    owner = owner_name(selector, domain)
    if absent := remedy_of_absence(reason, owner):
        return absent
    if reason.tag == "no-record" and len(owner) > MAX_NAME:
        return Remedy(
            instruction="Sign with a shorter selector, or in the name of a shorter domain."
        )
    stand_in = record or (txt_record(owner, STAND_IN.encode()),)
    key = "" if record else " with the signer's public key in place of PUBLIC_KEY"
    match reason.tag:
        case "no-record" if reason.about == REMOVED:
            return Remedy(reason.instead, BACK)
        case "no-record" if reason.about == ALIAS:
            return Remedy(
                stand_in,
                "Ask whoever the CNAME record leads to for the name that has the key; or publish "
                f"it in place of the CNAME record{',' if key else ''}{key}:",
            )
        case "no-record":
            return Remedy(stand_in, f"As the signer shows it,{key}:" if key else "Publish:")
        case "wrong-place":
            where = to_u_labels(reason.about)
            return Remedy(reason.instead or stand_in, f"In place of the record at {where}:")
        case "several-records":
            return Remedy(
                record or reason.instead,
                "One record in place of all; what is longer than 255 octets takes several strings "
                "of one record, not several records.",
            )
    return None
