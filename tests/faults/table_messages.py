"""Messages that come from elsewhere, that cannot be read, and that are cut."""

from __future__ import annotations

import dns.rcode

from tests.faults import contents as c
from tests.faults import malformed as m
from tests.faults import mistaken as x
from tests.faults import replies as r
from tests.faults.fault import (
    ABSENT,
    CUT_SHORT,
    IGNORED,
    MALFORMED,
    SERVFAIL,
    TIMEOUT,
    TRUNCATED,
    TRUTH,
    before,
    either,
    fault,
    these,
    unknown,
)
from tests.faults.replies import honest, octets, oddly, spoiled
from tests.faults.rig import HONEST, Site

CUT = r.flagged(on="TC")

MOVED = these(ABSENT, TRUTH) | {"not-on": unknown("malformed", "list-not-alive")}
"""Where nothing is moved there is nothing wrong; but a blocklist must have its test point."""

STRANGERS = (
    fault("a wrong id", either(TIMEOUT, TRUTH), Site(x.forged(1), r.over_tcp(honest))),
    fault("a wrong id, and no TCP", TIMEOUT, Site(x.forged(1), None)),
    fault("a wrong id before the truth", TRUTH, before(honest, x.forged(1))),
    fault(
        "a hundred guessed ids beside the truth", TRUTH, before(honest, x.forged(*range(1, 100)))
    ),
    fault("guessed ids long before the truth", TRUTH, before(r.later(0.2), x.forged(*range(1, 9)))),
    fault("another name", IGNORED, x.renamed()),
    fault("another name, then the truth", TRUTH, before(honest, x.renamed())),
    fault("another type", IGNORED, x.renamed("", rdtype="NS")),
    fault("another class", IGNORED, x.renamed("", rdclass="CH")),
    fault("no question", IGNORED, x.without_question),
    fault("the question twice", IGNORED, x.two_questions),
    fault("the query sent back", IGNORED, x.echo),
    fault("the query sent back, then the truth", TRUTH, before(honest, x.echo)),
    fault("an answer that is no response", IGNORED, x.as_query),
    fault("a NOTIFY", IGNORED, x.notification),
    fault("the contrary from another port", TRUTH, before(honest, r.elsewhere(x.forged(0)))),
    fault("answers to the query before", either(TIMEOUT, TRUTH), x.to_the_one_before),
)

GARBAGE = (
    fault("a datagram of no octets", IGNORED, m.fixed(b"")),
    fault("a datagram of no octets, then the truth", TRUTH, before(honest, m.fixed(b""))),
    fault("a header and nothing more", IGNORED, octets(m.header_alone)),
    fault("garbage", IGNORED, m.garbage),
    fault("garbage, then the truth", TRUTH, before(honest, m.garbage)),
    fault("a flood of garbage, then the truth", TRUTH, before(honest, r.copies(8, m.garbage))),
    fault("one record more than there are", MALFORMED, octets(m.counts(an=1))),
    fault("65535 records more than there are", MALFORMED, octets(m.counts(an=0xFFFF))),
    fault("one additional record more", MALFORMED, octets(m.counts(ar=1))),
    fault("no record counted", MALFORMED, octets(m.without_counts)),
    fault("no question counted", IGNORED, octets(m.counts(qd=-1))),
    fault("the records in the authority section", MALFORMED, r.odd_octets(m.moved(2)), but=MOVED),
    fault("the records in the additional section", MALFORMED, r.odd_octets(m.moved(3)), but=MOVED),
    fault("cut without saying so", MALFORMED, octets(m.cut)),
    fault(
        "octets behind the end", either(MALFORMED, TRUTH), r.odd_octets(lambda wire: wire + b"x")
    ),
    fault("a pointer to itself", MALFORMED, octets(m.to_itself)),
    fault("pointers that go round", MALFORMED, octets(m.round_and_round)),
    fault("a pointer forwards", MALFORMED, octets(m.forwards)),
    fault("a pointer beyond the end", MALFORMED, octets(m.beyond_the_end)),
    fault("label type 01", MALFORMED, octets(m.label_type_01)),
    fault("label type 10", MALFORMED, octets(m.label_type_10)),
    fault("a name of over 255 octets", MALFORMED, octets(m.over_255_octets)),
    fault("a record longer than the message", MALFORMED, octets(m.rdlength_beyond_the_end)),
    fault("a record longer than it says", MALFORMED, octets(m.rdlength_too_short)),
    fault("a record without rdata", MALFORMED, octets(m.without_rdata)),
    fault(
        "records of another class",
        MALFORMED,
        oddly(c.of_another_class),
        but=these(ABSENT, TRUTH) | {"not-on": MALFORMED},
    ),
    fault("OPT twice", either(MALFORMED, TRUTH), r.odd_octets(m.second_opt)),
    fault("malformed over UDP only", TRUTH, Site(octets(m.cut), r.over_tcp(honest))),
    fault("malformed with EDNS", TRUTH, r.to_edns(octets(m.cut))),
    fault("garbage with EDNS", TRUTH, Site(r.to_edns(m.garbage), r.over_tcp(honest))),
    fault("malformed at first", TRUTH, r.at_first(octets(m.cut))),
    fault("malformed, and the second answers", TRUTH, octets(m.cut), honest),
    fault("malformed, then the truth", either(MALFORMED, TRUTH), r.both(octets(m.cut), honest)),
)

TRUNCATION = (
    fault("cut, whole over TCP", TRUTH, Site(CUT, r.over_tcp(honest)), also=("hosts", "txt")),
    fault("cut, whole over TCP in pieces", TRUTH, Site(CUT, r.in_pieces)),
    fault("cut, 64 KB over TCP", TRUTH, Site(CUT, r.over_tcp(oddly(c.padded(330))))),
    fault("cut, TCP refused", TRUNCATED, Site(CUT, None), also=("hosts", "txt")),
    fault("cut to a part, TCP refused", TRUNCATED, Site(spoiled(c.part), None)),
    fault("cut to nothing, TCP refused", TRUNCATED, Site(spoiled(c.nothing), None)),
    fault("cut, TCP stalls", TRUNCATED, Site(CUT, r.stalls)),
    fault("cut, TCP stalls midway", TRUNCATED, Site(CUT, r.stalls_midway)),
    fault("cut, TCP closes", TRUNCATED, Site(CUT, r.closes)),
    fault("cut, TCP closes midway", TRUNCATED, Site(CUT, r.closes_midway)),
    fault("cut, TCP is reset", TRUNCATED, Site(CUT, r.resets)),
    fault("cut, TCP says length 0", CUT_SHORT, Site(CUT, r.says_length_0)),
    fault("cut, wrong id over TCP", CUT_SHORT, Site(CUT, r.over_tcp(x.forged(1)))),
    fault("cut, another question over TCP", CUT_SHORT, Site(CUT, r.over_tcp(x.renamed()))),
    fault("cut, garbage over TCP", CUT_SHORT, Site(CUT, r.over_tcp(m.fixed(b"\xff" * 512)))),
    fault("cut, cut over TCP too", TRUNCATED, Site(CUT)),
    fault("cut, SERVFAIL over TCP", SERVFAIL, Site(CUT, r.over_tcp(r.failing(dns.rcode.SERVFAIL)))),
    fault("cut, TCP refused, and the second answers", TRUTH, Site(CUT, None), HONEST),
    fault("cut, TCP stalls, and the second answers", TRUTH, Site(CUT, r.stalls), HONEST),
    fault("cut to the header, TCP whole", TRUTH, Site(octets(m.cut_header), r.over_tcp(honest))),
    fault("cut, whole over TCP octet by octet", TRUTH, Site(CUT, r.octet_by_octet)),
    fault("cut, TCP brings a stray message first", TRUTH, Site(CUT, r.glued(x.forged(1), honest))),
    fault(
        "cut to the contrary, whole over TCP", TRUTH, Site(x.contrary_and_cut, r.over_tcp(honest))
    ),
    fault("more than EDNS allows in a datagram", TRUTH, oddly(c.padded(20))),
)
