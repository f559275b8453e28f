"""The serial of the zone was raised.

Requires
    The serial in the zone file that is proposed is newer than any the zone's servers give today.

Why
    Secondary servers compare serials and nothing else. Without a newer one they keep the old copy,
    and the change is seen by those whose resolver happens to ask the primary.

Met when
    It is newer by the arithmetic of serials (RFC 1982): up to 2147483647 steps ahead, over the end
    of the numbers and on from 0. Or the zone is not published yet, and there is nothing to compare.
    With ``where_changed: true`` also if the serial is the published one, and nothing else, TTLs
    included, is known to differ: so one suite serves all zones, whichever a pull request changes.

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
    nothing-known-differs: with ``where_changed``, the zone seems to be as it is published.
        What nothing mentions may be missing from the file, and nobody would see that.
    not-compared: with ``where_changed``, there are more RRsets than are asked for.
        Whether these differ is not known.
    serial-is-no-date: the serial was today's date and a number (YYYYMMDDnn), and is not any more.
        It counts all the same, but whoever writes the next date into it may go back by that.

Not judged here
    Whether anything but the serial differs; with ``where_changed``, what neither file nor suites
    mention, and what is delegated. A server that is silent while another answers may have a newer
    serial. Whether the secondaries transfer it: ``nameservers agree on SOA``, afterwards. A server
    that raises serials itself (``dnssec-policy``) may be ahead of any file. A patch: who applies it
    raises the serial then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dns.rdtypes.ANY.SOA import SOA

from mailcheck.check import Example, check
from mailcheck.facts.change.differences import differences
from mailcheck.facts.change.every_server import newest_soa
from mailcheck.facts.change.proposed import ProposedCopy, ProposedCopyFact, Published
from mailcheck.facts.change.proposed_copy import file_of
from mailcheck.facts.change.serial import compared, habits, next_serial
from mailcheck.facts.dns import told
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.run import RunDate, told_date
from mailcheck.finding import Advice, Finding, Reason, Remedy, met
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved
from mailcheck.slots import slot
from mailcheck.zone_name import ZoneName

if TYPE_CHECKING:
    from mailcheck.check import Told


@dataclass(frozen=True, slots=True)
class ZoneHasNewerSerial:
    """The parameters of the sentence."""

    domain: ZoneName = slot("the zone, by its name")
    where_changed: bool = slot("only where the zone is known to differ", default=False)


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
    newest, today = await newest_soa(wanted.domain, live), (await RunDate()).today
    old = newest.of(SOA)[0].serial
    match compared(new.serial, old):
        case "newer":
            return met(*habits(new.serial, old, today))
        case "same":
            tag, said = "serial-not-raised", f"is {old}, the one that is published"
            if wanted.where_changed:
                known = await differences(wanted.domain, proposed, newest)
                if not known.found:
                    return known.none
                said += f", and not all is as it was: {known.text}"
        case "older":
            tag, said = "serial-goes-back", f"is {new.serial}, older than {old}, which is published"
        case "undefined":
            tag = "serial-undefined"
            said = f"is {new.serial}, just as far ahead of {old}, which is published, as behind it"
    right = next_serial(old, today)
    soa = new.replace(serial=right)
    instead = (f"{wanted.domain}.  {proposed.ttl}  IN  SOA  {soa.to_text()}",)
    return Finding((Reason(tag, f"the serial of {zone} {said}", str(right), instead),))


def remedy(wanted: ZoneHasNewerSerial, reason: Reason) -> Remedy:
    """The serial to write."""
    number = f" {reason.about}" if reason.instead else ""
    how = f"Write a newer serial{number} into the SOA of {to_u_labels(wanted.domain)}"
    if reason.tag == "serial-not-raised" and not wanted.where_changed:
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


def _example(says: str, new: int, old: int, ends: str) -> Example:
    return Example(says, _SENTENCE, (*_proposed(new), _live(old)), ends)


CHECK = check(
    __doc__,
    template="zone [{domain}] has a newer serial than live",
    parameters=ZoneHasNewerSerial,
    judge=judge,
    remedy=remedy,
    judges_change="copy",
    sources=("RFC 1982 §3.2", "RFC 1035 §3.3.13", "RFC 1912 §2.2"),
    examples=(
        _example("the second change of a day", 2026013102, 2026013101, "met"),
        _example(
            "an MX was changed, and the serial was not",
            2026011501,
            2026011501,
            "serial-not-raised",
        ),
        _example("a digit too few", 202601310, 2026011501, "serial-goes-back"),
    ),
)
