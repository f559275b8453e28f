"""Resolvers that are silent, that fail, and that set odd flags."""

from __future__ import annotations

import dns.rcode
from dns.edns import EDECode, EDEOption

from tests.faults import aliases as a
from tests.faults import contents as c
from tests.faults import malformed as m
from tests.faults import replies as r
from tests.faults.fault import (
    ABSENT,
    DATA,
    MALFORMED,
    NO_RECURSION,
    REFUSED,
    SERVFAIL,
    TIMEOUT,
    TRUTH,
    fault,
    these,
    unknown,
)
from tests.faults.replies import honest, silent, spoiled
from tests.faults.rig import Site

OTHERS = ("hosts", "address", "ehlo", "txt", "cname")
"""Families beside the core ones that a few faults meet as well."""

CLOSED = Site(silent, None, deaf=True)
PROHIBITED = EDEOption(EDECode.PROHIBITED, "not from here")
HOSTILE = EDEOption(EDECode.OTHER, "\x1b[2J\x00\n<script>")
BOGUS = EDEOption(EDECode.DNSSEC_BOGUS, "no valid signature")

BADVERS_ALONE = r.failing(dns.rcode.BADVERS, question=False)
LONG = r.oddly(c.padded(5))
"""What is longer than 512 octets."""

SILENCE = (
    fault("a resolver that is silent", TIMEOUT, Site(silent, r.stalls), also=OTHERS),
    fault("a resolver at a closed port", unknown("unreachable"), CLOSED, also=OTHERS),
    fault("the first of two silent", TRUTH, silent, honest, also=OTHERS),
    fault("the first of two at a closed port", TRUTH, CLOSED, honest),
    fault("half of four dead", TRUTH, silent, CLOSED, honest, honest),
    fault("three of four dead", TRUTH, silent, CLOSED, silent, honest),
    fault("two that are silent", TIMEOUT, silent, silent),
    fault("one silent, one at a closed port", unknown("timeout", "unreachable"), silent, CLOSED),
    fault("silent at first", TRUTH, r.at_first(silent)),
    fault("silent twice", TRUTH, Site(r.at_first(silent, 2), r.over_tcp(honest))),
    fault("each answer after the retry", TRUTH, r.later(0.7)),
    fault("the first answer after the retry", TRUTH, r.at_first(r.later(0.7), 1)),
    fault(
        "the first answer after the retry, and the retry lost",
        TRUTH,
        Site(lambda asked: r.later(0.9)(asked) if asked.nth == 1 else []),
    ),
    fault(
        "silent over UDP, answers over TCP",
        TRUTH,
        Site(silent, r.over_tcp(honest)),
    ),
    fault(
        "at a closed port, answers over TCP",
        TRUTH,
        Site(silent, r.over_tcp(honest), deaf=True),
    ),
    fault("silent to EDNS", TRUTH, Site(r.to_edns(silent), r.over_tcp(honest))),
    fault("silent to EDNS, no TCP", TRUTH, Site(r.to_edns(silent), None), waits=True),
    fault("silent to every second query", TRUTH, r.when(lambda asked: asked.nth % 2 == 1, silent)),
    fault(
        "one answer for each port",
        TRUTH,
        Site(r.when(lambda asked: asked.fresh, honest, silent), None),
        also=("hosts",),
        waits=True,
    ),
    fault("long datagrams lost", TRUTH, Site(c.fragmented(LONG), r.over_tcp(LONG))),
    fault("long datagrams lost, no TCP", unknown("truncated"), Site(c.fragmented(LONG), None)),
    fault(
        "rate limited: every second answer cut, the others lost",
        TRUTH,
        Site(
            r.when(lambda asked: asked.nth % 2 == 0, r.flagged(on="TC"), silent), r.over_tcp(honest)
        ),
    ),
    fault("answers from another port", TIMEOUT, Site(r.elsewhere(honest), None)),
    fault(
        "answers from another port, and over TCP",
        TRUTH,
        Site(r.elsewhere(honest), r.over_tcp(honest)),
    ),
    fault("answers long past each retry", TRUTH, r.later(2.9), waits=True),
)

CODES = (
    fault("SERVFAIL", SERVFAIL, r.failing(dns.rcode.SERVFAIL), also=OTHERS),
    fault(
        "SERVFAIL with records", SERVFAIL, spoiled(lambda msg: msg.set_rcode(dns.rcode.SERVFAIL))
    ),
    fault("SERVFAIL without question", SERVFAIL, r.failing(dns.rcode.SERVFAIL, question=False)),
    fault("SERVFAIL at first", TRUTH, r.at_first(r.failing(dns.rcode.SERVFAIL))),
    fault("SERVFAIL, and the second answers", TRUTH, r.failing(dns.rcode.SERVFAIL), honest),
    fault(
        "SERVFAIL unless unchecked",
        unknown("bogus"),
        r.unless_unchecked(r.failing(dns.rcode.SERVFAIL)),
    ),
    fault(
        "SERVFAIL unless unchecked, explained",
        unknown("bogus"),
        r.unless_unchecked(r.failing(dns.rcode.SERVFAIL, error=BOGUS)),
        shows="no valid signature",
    ),
    fault(
        "SERVFAIL for AAAA",
        TRUTH,
        r.of_type("AAAA", r.failing(dns.rcode.SERVFAIL)),
        but={"hosts": SERVFAIL},
        also=("hosts", "address", "ehlo"),
    ),
    fault(
        "NXDOMAIN for AAAA",
        TRUTH,
        r.of_type("AAAA", c.denies_all),
        also=("hosts", "address", "ehlo"),
    ),
    fault("REFUSED", REFUSED, r.failing(dns.rcode.REFUSED), also=OTHERS),
    fault(
        "REFUSED, explained",
        REFUSED,
        r.failing(dns.rcode.REFUSED, error=PROHIBITED),
        shows="not from here",
    ),
    fault("REFUSED with records", REFUSED, spoiled(lambda msg: msg.set_rcode(dns.rcode.REFUSED))),
    fault(
        "REFUSED, explained in control characters",
        REFUSED,
        r.failing(dns.rcode.REFUSED, error=HOSTILE),
        shows=r"\x1b[2J",
    ),
    fault("REFUSED, and the second answers", TRUTH, r.failing(dns.rcode.REFUSED), honest),
    fault(
        "REFUSED, and the second is silent",
        REFUSED,
        r.failing(dns.rcode.REFUSED),
        silent,
        waits=True,
    ),
    fault("FORMERR", unknown("formerr"), r.failing(dns.rcode.FORMERR)),
    fault("FORMERR to EDNS", TRUTH, r.to_edns(r.failing(dns.rcode.FORMERR))),
    fault(
        "FORMERR to EDNS, without question",
        TRUTH,
        r.to_edns(r.failing(dns.rcode.FORMERR, question=False)),
    ),
    fault("NOTIMP", unknown("notimp"), r.failing(dns.rcode.NOTIMP)),
    fault("NOTIMP to EDNS", TRUTH, r.to_edns(r.failing(dns.rcode.NOTIMP))),
    fault("BADVERS to EDNS", TRUTH, r.to_edns(r.failing(dns.rcode.BADVERS))),
    fault("BADVERS", unknown("badvers", "rcode-16"), r.failing(dns.rcode.BADVERS)),
    fault("YXDOMAIN", unknown("yxdomain", "rcode-6"), r.failing(dns.rcode.YXDOMAIN)),
    fault(
        "BADVERS to EDNS, without question",
        TRUTH,
        Site(r.to_edns(BADVERS_ALONE), r.over_tcp(honest)),
    ),
    fault("BADCOOKIE", unknown("badcookie", "rcode-23"), r.failing(dns.rcode.BADCOOKIE)),
    fault("BADCOOKIE to EDNS", TRUTH, r.to_edns(r.failing(dns.rcode.BADCOOKIE))),
    fault("FORMERR at first", TRUTH, r.at_first(r.failing(dns.rcode.FORMERR))),
    fault("REFUSED at first", TRUTH, r.at_first(r.failing(dns.rcode.REFUSED))),
    fault("an rcode without a name", unknown("rcode-12"), r.failing(12)),
    fault("an rcode of twelve bits", unknown("rcode-3841"), r.failing(0xF01)),
    fault("NXDOMAIN with the records", MALFORMED, spoiled(c.denied_all_the_same)),
)

FLAGS = (
    fault("RA missing", NO_RECURSION, r.flagged(off="RA", odd=True), but=these(DATA, TRUTH)),
    fault("RD not repeated", TRUTH, r.flagged(off="RD", odd=True)),
    fault(
        "AA in place of RA, and aliases",
        NO_RECURSION,
        r.oddly(c.authoritative, a.denied_at_the_end),
        but=these(ABSENT, TRUTH) | {"not-on": NO_RECURSION},
    ),
    fault("AA set", TRUTH, r.flagged(on="AA", odd=True)),
    fault("AD and CD set", TRUTH, r.flagged(on="AD CD", odd=True)),
    fault("the reserved bit set", TRUTH, r.odd_octets(r.reserved_bit)),
    fault("TTL 0", TRUTH, r.odd_octets(m.ttl_zero)),
    fault("a negative TTL", TRUTH, r.odd_octets(m.ttl_negative)),
    fault("upper case", TRUTH, r.upper_case),
)
