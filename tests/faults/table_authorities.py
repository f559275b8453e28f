"""Servers of a zone that fail: asked after a resolver that fails, or compared with each other."""

from __future__ import annotations

import dns.rcode

from tests.faults import aliases as a
from tests.faults import contents as c
from tests.faults import malformed as m
from tests.faults import mistaken as x
from tests.faults import replies as r
from tests.faults import truth
from tests.faults.fault import (
    IGNORED,
    MALFORMED,
    REFUSED,
    SERVFAIL,
    TIMEOUT,
    TRUNCATED,
    TRUTH,
    Fault,
    authorities,
    site,
    these,
    unknown,
)
from tests.faults.replies import honest, octets, oddly, silent, spoiled
from tests.faults.rig import HONEST, Network, Site

FAILS = r.but_for_delegations(r.failing(dns.rcode.SERVFAIL))
REFUSES = r.but_for_delegations(r.failing(dns.rcode.REFUSED))
FAILS_BELOW_THE_ROOT = r.but_for_the_root(r.failing(dns.rcode.SERVFAIL))
VALIDATES = r.but_for_delegations(r.unless_unchecked(r.failing(dns.rcode.SERVFAIL)))

REFUSING = r.failing(dns.rcode.REFUSED)
SOMEBODY_REFUSES = Site(r.under_another_id(REFUSING), None)
CLOSED = Site(silent, None, deaf=True)
BY_AUTHORITY = "refused-by-authority"
LISTS_REFUSE = these(("not-on", "listed"), unknown("list-refuses"))
BOGUS = unknown("bogus")

FOLLOWED = (
    authorities(
        "both refuse, the resolver fails",
        BY_AUTHORITY,
        REFUSING,
        REFUSING,
        resolver=FAILS,
        but=LISTS_REFUSE,
    ),
    authorities(
        "both refuse, the resolver refuses",
        BY_AUTHORITY,
        REFUSING,
        REFUSING,
        resolver=REFUSES,
        but=LISTS_REFUSE,
    ),
    authorities(
        "both refuse, found from the root",
        BY_AUTHORITY,
        REFUSING,
        REFUSING,
        resolver=FAILS_BELOW_THE_ROOT,
        but=LISTS_REFUSE,
    ),
    authorities("one refuses, one is silent", SERVFAIL, REFUSING, silent, resolver=FAILS),
    authorities("one refuses, one is at a closed port", SERVFAIL, REFUSING, CLOSED, resolver=FAILS),
    authorities("one refuses, one answers", SERVFAIL, REFUSING, honest, resolver=FAILS),
    authorities("one refuses, one is malformed", SERVFAIL, REFUSING, octets(m.cut), resolver=FAILS),
    authorities(
        "one refuses, one fails", SERVFAIL, REFUSING, r.failing(dns.rcode.SERVFAIL), resolver=FAILS
    ),
    authorities("both silent", SERVFAIL, silent, silent, resolver=FAILS),
    authorities("both answer, the resolver fails", SERVFAIL, honest, honest, resolver=FAILS),
    authorities("both answer, the resolver refuses", REFUSED, honest, honest, resolver=REFUSES),
    authorities(
        "both refer upwards",
        SERVFAIL,
        spoiled(c.referral(".")),
        spoiled(c.referral(".")),
        resolver=FAILS,
    ),
    authorities(
        "somebody else refuses", SERVFAIL, SOMEBODY_REFUSES, SOMEBODY_REFUSES, resolver=FAILS
    ),
    authorities(
        "somebody refuses in the place of all",
        SERVFAIL,
        REFUSING,
        REFUSING,
        resolver=FAILS,
        root=REFUSING,
    ),
    authorities(
        "somebody refuses in the place of all, the resolver too",
        REFUSED,
        REFUSING,
        REFUSING,
        resolver=REFUSES,
        root=REFUSING,
    ),
    authorities(
        "both answer, the resolver does not validate", BOGUS, honest, honest, resolver=VALIDATES
    ),
    authorities(
        "both refuse, the resolver does not validate", BOGUS, REFUSING, REFUSING, resolver=VALIDATES
    ),
    authorities(
        "the root refers to itself",
        SERVFAIL,
        honest,
        honest,
        resolver=FAILS_BELOW_THE_ROOT,
        root=spoiled(c.referral(".")),
    ),
    authorities(
        "the root refers aside",
        SERVFAIL,
        honest,
        honest,
        resolver=FAILS_BELOW_THE_ROOT,
        root=spoiled(c.referral("example.org.")),
    ),
    authorities(
        "the root is silent",
        SERVFAIL,
        honest,
        honest,
        resolver=FAILS_BELOW_THE_ROOT,
        root=silent,
        waits=True,
    ),
)

COMPARED = tuple(
    authorities(f"one of two servers: {name}", ends, reply, families=("nameservers",))
    for name, ends, reply in (
        ("silent", TIMEOUT, silent),
        ("at a closed port", unknown("unreachable"), CLOSED),
        ("REFUSED", "server-refuses", REFUSING),
        ("SERVFAIL", SERVFAIL, r.failing(dns.rcode.SERVFAIL)),
        ("without authority", "not-authoritative", r.flagged(off="AA")),
        ("an upward referral", "not-authoritative", spoiled(c.referral("."))),
        ("denies the name", "nameservers-differ", spoiled(c.denied)),
        ("knows nothing", "nameservers-differ", spoiled(c.emptied)),
        ("answers for somebody else", IGNORED, x.renamed()),
        ("a wrong id, and no TCP", TIMEOUT, Site(x.forged(1), None)),
        ("cut, and no TCP", TRUNCATED, Site(r.flagged(on="TC"), None)),
        ("malformed", MALFORMED, octets(m.cut)),
        ("FORMERR to EDNS", TRUTH, r.to_edns(r.failing(dns.rcode.FORMERR))),
        ("silent at first", TRUTH, r.at_first(silent)),
        ("slow", TRUTH, r.later(0.7)),
        ("silent to EDNS", TRUTH, Site(r.to_edns(silent), r.over_tcp(honest))),
        ("silent over UDP", TRUTH, Site(silent, r.over_tcp(honest))),
        ("upper case", TRUTH, r.upper_case),
        ("another order, twice", TRUTH, r.copies(2)),
        ("one alias more", "nameservers-differ", spoiled(a.through(1))),
    )
)

EDNS_LOST = Site(r.to_edns(silent), r.over_tcp(honest))
STREAMS_ONLY = Site(silent, r.over_tcp(honest))
A_ROOT_OF_ITS_OWN = spoiled(c.denied, c.denied_by_the_root, c.authoritative)
WITHOUT_AUTHORITY = r.flagged(off="AA")
ABOVE = oddly(c.denied_by("."))
STRANGE = oddly(c.denied_by("example.org."))
NO_SUBZONES = r.when(
    lambda asked: asked.rdtype == "NS" and asked.name not in truth.SERVED,
    spoiled(c.denied, c.authoritative),
)

FROM_THE_ROOT = tuple(
    Fault(f"from the root: {name}", ends, Network((), (site(first), site(second)), site(root)))
    for name, ends, first, second, root in (
        ("one has a root of its own", TRUTH, A_ROOT_OF_ITS_OWN, honest, honest),
        ("one has no authority", TRUTH, WITHOUT_AUTHORITY, honest, honest),
        ("none has authority", unknown("lame"), WITHOUT_AUTHORITY, WITHOUT_AUTHORITY, honest),
        ("one refers upwards", TRUTH, spoiled(c.referral(".")), honest, honest),
        ("one refers to itself", TRUTH, spoiled(c.referral("example.com.")), honest, honest),
        ("one refuses", TRUTH, REFUSING, honest, honest),
        ("one says NOTAUTH", TRUTH, r.failing(dns.rcode.NOTAUTH), honest, honest),
        ("EDNS lost, and one refuses", TRUTH, EDNS_LOST, REFUSING, honest),
        ("EDNS lost", TRUTH, EDNS_LOST, EDNS_LOST, EDNS_LOST),
        ("streams only", TRUTH, STREAMS_ONLY, STREAMS_ONLY, STREAMS_ONLY),
        ("NS refused", TRUTH, r.of_type("NS", REFUSING), r.of_type("NS", REFUSING), honest),
        ("NS cut", TRUTH, r.of_type("NS", octets(m.cut)), r.of_type("NS", octets(m.cut)), honest),
        ("what is between denied", TRUTH, NO_SUBZONES, NO_SUBZONES, honest),
        ("denials by a zone above", TRUTH, ABOVE, ABOVE, honest),
        ("denials by a stranger", TRUTH, STRANGE, STRANGE, honest),
        ("no glue", unknown("lame"), honest, honest, oddly(c.without_glue)),
        ("the root fails at first", TRUTH, honest, honest, r.at_first(r.failing(2))),
    )
)

TOO_FEW = unknown("too-few-answers")

AGREEING = (
    *(
        Fault(f"one of two resolvers: {name}", ends, Network((HONEST, site)), {}, ("resolvers",))
        for name, ends, site in (
            ("silent", TOO_FEW, Site(silent)),
            ("at a closed port", TOO_FEW, CLOSED),
            ("at a closed port, over TCP", TRUTH, Site(silent, r.over_tcp(honest), deaf=True)),
            ("REFUSED", TOO_FEW, Site(REFUSING)),
            ("SERVFAIL", TOO_FEW, Site(r.failing(dns.rcode.SERVFAIL))),
            ("malformed", TOO_FEW, Site(octets(m.cut))),
            ("a wrong id, and no TCP", TOO_FEW, Site(x.forged(1), None)),
            ("cut, and no TCP", TOO_FEW, Site(r.flagged(on="TC"), None)),
            ("a referral", TOO_FEW, Site(spoiled(c.referral("example.com.")))),
            ("an old copy", "differs-from-authority", Site(spoiled(c.many(1)))),
            ("denies the name", "differs-from-authority", Site(c.denies_all)),
            ("silent at first", TRUTH, Site(r.at_first(silent))),
            ("upper case", TRUTH, Site(r.upper_case)),
        )
    ),
    *(
        Fault(
            f"resolvers whose zone has servers that are {name}",
            TRUTH,
            Network((HONEST, HONEST), (site, site)),
            families=("resolvers",),
            waits=True,
        )
        for name, site in (
            ("silent", Site(silent)),
            ("at closed ports", CLOSED),
            ("refusing", Site(REFUSING)),
            ("malformed", Site(octets(m.cut))),
        )
    ),
)
