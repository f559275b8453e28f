"""Name servers would load the zone.

Requires
    The zone file that is proposed has nothing in it for which a server refuses to load it.

Why
    A server that refuses a zone after a change goes on with the old copy, and nobody notices, or
    serves nothing: then all mail to the domain waits, and bounces after days.

Met when
    ``named-checkzone D FILE`` of BIND 9.18 would say OK with its defaults, as far as it looks into
    the file and the files it includes.

Unmet when
    ...

Advises when
    ...

Not judged here
    What ``named-checkzone`` would ask the DNS about hosts in other zones: other sentences do that,
    against the network. A patch is read when the run begins, and is an error of the run if no
    server would load it; what else is in its zone nobody can list. A zone that is proposed by the
    servers it is to move to is judged by what they serve. A file is that of the zone of its first
    SOA record, unless it is given as ``zone:D=FILE``. One given as ``zone:FILE`` that does not say
    itself of which zone it is, is taken for the zone of the sentence; so is one that is the only
    proposal of a run whose sentences ask about that zone and about nothing in its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.errors import Place
from mailcheck.facts.change.proposed import NOTHING_PROPOSED, ProposedCopy, ProposedCopyFact
from mailcheck.facts.change.proposed_copy import file_meant_for, told
from mailcheck.finding import Advice, Finding, Reason, Remedy
from mailcheck.slots import slot
from mailcheck.zone_name import ZoneName
from mailcheck.zones.fault import Fault
from mailcheck.zones.fault_tags import REFUSED, WARNED


@dataclass(frozen=True, slots=True)
class ZoneLoads:
    """The parameters of the sentence."""

    domain: ZoneName = slot("the zone, by its name")


async def judge(wanted: ZoneLoads) -> Finding:
    """Give what refuses as reasons, the rest as advice."""
    copy = await file_meant_for(wanted.domain)
    return Finding(
        tuple(Reason(tag, text, copy.by) for tag, text in told(copy, refuses=True)),
        tuple(Advice(tag, text) for tag, text in told(copy, refuses=False)),
    )


def remedy(wanted: ZoneLoads, reason: Reason) -> Remedy:
    """What to write into the file; then to have it looked at again."""
    again = f"then run: named-checkzone {wanted.domain} {reason.about}"
    below = f"{wanted.domain}.".lstrip(".")
    zone = below or "."
    match reason.tag:
        case "no-soa":
            soa = f"SOA  ns1.{below} hostmaster.{below} 1 7200 3600 1209600 3600"
            lines: tuple[str, ...] = (f"{zone}  3600  IN  {soa}",)
            how = "With the primary name server, the mailbox of its keeper and the serial"
        case "no-ns":
            lines = tuple(f"{zone}  3600  IN  NS  ns{n}.{below}" for n in (1, 2))
            how = "With the servers that the zone above delegates to"
        case tag:
            lines = ()
            how = MENDS.get(tag, "Mend the line")
    return Remedy(lines, f"{how}; {again}")


MENDS = {
    "syntax": "Mend the line, whose form is NAME [TTL] [IN] TYPE DATA",
    "ns-without-address": "Add an A record of the server to the zone, or take its NS record out",
    "ns-is-alias": "Name the target of the alias in the NS record, or give the server an A record "
    "in the place of its CNAME",
    "cname-and-other-data": "Take out the CNAME, or all other records of its name; at the top of a "
    "zone write the A and AAAA records of the target in the place of the CNAME",
    "several-cnames": "Keep one of the CNAME records; for several hosts write their A records",
    "several-soas": "Keep one of the SOA records",
    "soa-below-apex": "Put what follows the SOA into a file of its own, or mend $ORIGIN",
    "other-zone": "Mend $ORIGIN, the owner of the SOA record or the name of the file, or give the file "
    "of the zone",
    "ds-at-apex": "Take out the DS record and publish it in the zone above",
}
"""What to do about the faults that people make."""


def _fault(line: int, tag: str, text: str, *, refuses: bool) -> Fault:
    return Fault(tag, text, Place("zones/example.com.zone", line), refuses)


_SENTENCE = "zone example.com loads"
_COPY = ProposedCopy("example.com")

CHECK = check(
    __doc__,
    template="zone [{domain}] loads",
    parameters=ZoneLoads,
    judge=judge,
    remedy=remedy,
    judges_change="copy",
    also=REFUSED,
    also_advises=WARNED,
    sources=(
        "RFC 1035 §5.2",
        "RFC 2181 §10.3",
        "RFC 1912 §2.4",
        "Manual of named-checkzone (2024)",
    ),
    examples=(
        Example(
            "a whole zone",
            _SENTENCE,
            ((_COPY, ProposedCopyFact("zones/example.com.zone")),),
            ends="met",
        ),
        Example(
            "an alias beside the TXT record of a provider",
            _SENTENCE,
            (
                (
                    _COPY,
                    ProposedCopyFact(
                        "zones/example.com.zone",
                        (
                            _fault(
                                14,
                                "cname-and-other-data",
                                "www.example.com is an alias (CNAME) and has other records (TXT)",
                                refuses=True,
                            ),
                        ),
                    ),
                ),
            ),
            ends="cname-and-other-data",
        ),
        Example(
            "a run without a change",
            _SENTENCE,
            ((_COPY, ProposedCopyFact()),),
            ends=f"not evaluated: {NOTHING_PROPOSED.cause}",
        ),
    ),
)
