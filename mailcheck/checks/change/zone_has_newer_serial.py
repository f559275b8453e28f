"""The serial of the zone was raised.

Requires
    The serial in the zone file that is proposed is newer than any the zone's servers give today.

Why
    Secondary servers compare serials and nothing else. Without a newer one they keep the old copy,
    and the change is seen by those whose resolver happens to ask the primary.

Met when
    It is newer by the arithmetic of serials (RFC 1982): up to 2147483647 steps ahead, over the end
    of the numbers and on from 0. Or the zone is not published yet, and there is nothing to compare.

Unmet when
    serial-not-raised: the serial is the one that is published.
        Secondaries do not transfer the zone: they go on with the old copy, and nobody is told.
    serial-goes-back: the serial is older than the one that is published.
        Secondaries do not transfer the zone; named says "serial number has gone backwards" and does
        not reload it either.
    serial-undefined: it lies just half of all numbers away, so neither of the two is newer.
        Each server decides for itself whether to transfer the zone (RFC 1982 §3.2).

Advises when
    not-published-yet: the servers of today have no such zone.
        Any serial will do for the first copy.
    serial-is-no-date: the serial was today's date and a number (YYYYMMDDnn), and is not any more.
        It counts all the same, but whoever writes the next date into it may go back by that.

Not judged here
    Whether anything but the serial differs: say the sentence of zones that you change. A server
    that is silent while another answers may have a newer serial. Whether the secondaries transfer
    it: ``nameservers agree on SOA``, afterwards. A server that raises serials itself
    (``dnssec-policy``, ``serial-update-method``) may be ahead of any file. A patch: who applies it
    to the zone raises the serial then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dns.rdtypes.ANY.SOA import SOA

from mailcheck.check import Example, check
from mailcheck.facts.change.every_server import newest_soa
from mailcheck.facts.change.proposed import ProposedCopy, ProposedCopyFact, Published
from mailcheck.facts.change.proposed_copy import file_of
from mailcheck.facts.change.serial import compared, dated, is_date_of, next_serial
from mailcheck.facts.dns import told
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.run import RunDate, told_date
from mailcheck.finding import Advice, Finding, Reason, Remedy, met
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved
from mailcheck.slots import slot
from mailcheck.zone_name import ZoneName

if TYPE_CHECKING:
    import datetime

    from mailcheck.check import Told


@dataclass(frozen=True, slots=True)
class ZoneHasNewerSerial:
    """The parameters of the sentence."""

    domain: ZoneName = slot("the zone, by its name")


async def judge(wanted: ZoneHasNewerSerial) -> Finding:
    """Compare the serial in the file with the published one."""
    zone = to_u_labels(wanted.domain)
    await file_of(wanted.domain)
    proposed = await Lookup(wanted.domain, "SOA")
    [new] = proposed.of(SOA)
    live = await Published(wanted.domain, "SOA")
    if live.status == "refused":
        text = f"all name servers of {zone} refuse to say which serial they have"
        return Finding(unknown=Unobserved("refused", text, live.evidence))
    if live.status != "data" or live.aliases:
        return met(Advice("not-published-yet", f"{zone} is no zone of its own yet"))
    old, today = (await newest_soa(wanted.domain, live)).of(SOA)[0].serial, (await RunDate()).today
    match compared(new.serial, old):
        case "newer":
            return met(*_habits(new.serial, old, today))
        case "same":
            tag, said = "serial-not-raised", f"is {old}, the one that is published"
        case "older":
            tag, said = "serial-goes-back", f"is {new.serial}, older than {old}, which is published"
        case "undefined":
            tag = "serial-undefined"
            said = f"is {new.serial}, just as far ahead of {old}, which is published, as behind it"
    right = next_serial(old, today)
    soa = new.replace(serial=right)
    instead = (f"{wanted.domain}.  {proposed.ttl}  IN  SOA  {soa.to_text()}",)
    return Finding((Reason(tag, f"the serial of {zone} {said}", str(right), instead),))


def _habits(new: int, old: int, today: datetime.date) -> tuple[Advice, ...]:
    """Say if *new* is no date, though *old* is one."""
    if not is_date_of(old, today) or is_date_of(new, today):
        return ()
    why = "lies in the future" if dated(new) else "is no date"
    text = f"the published serial {old} begins with a date, and the new one {new} {why}"
    return (Advice("serial-is-no-date", text),)


def remedy(wanted: ZoneHasNewerSerial, reason: Reason) -> Remedy:
    """The serial to write."""
    number = f" {reason.about}" if reason.instead else ""
    how = f"Write a newer serial{number} into the SOA of {to_u_labels(wanted.domain)}"
    if reason.tag == "serial-not-raised":
        how = f"If anything in the zone changes, {how[0].lower()}{how[1:]}"
    return Remedy(reason.instead, f"{how}:" if reason.instead else f"{how}.")


_SENTENCE = "zone example.com has a newer serial than live"
_FILE = (ProposedCopy("example.com"), ProposedCopyFact("zones/example.com.zone"))
_REST = "7200 3600 1209600 300"


def _proposed(serial: int) -> tuple[Told, ...]:
    soa = told("example.com SOA", f"ns1.example.com. h.example.com. {serial} {_REST}")
    return told_date("2026-01-31"), _FILE, soa


def _live(serial: int) -> Told:
    _, answer = told("example.com SOA", f"ns1.example.com. h.example.com. {serial} {_REST}")
    return Published("example.com", "SOA"), answer


CHECK = check(
    __doc__,
    template="zone [{domain}] has a newer serial than live",
    parameters=ZoneHasNewerSerial,
    judge=judge,
    remedy=remedy,
    sources=("RFC 1982 §3.2", "RFC 1035 §3.3.13", "RFC 1912 §2.2"),
    examples=(
        Example(
            "the second change of a day",
            _SENTENCE,
            (*_proposed(2026013102), _live(2026013101)),
            ends="met",
        ),
        Example(
            "an MX was changed, and the serial was not",
            _SENTENCE,
            (*_proposed(2026011501), _live(2026011501)),
            ends="serial-not-raised",
        ),
        Example(
            "a digit too few",
            _SENTENCE,
            (*_proposed(202601310), _live(2026011501)),
            ends="serial-goes-back",
        ),
    ),
)
