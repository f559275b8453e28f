"""Responses that can be read and say odd things."""

from __future__ import annotations

from dns.edns import EDECode, EDEOption, GenericOption, OptionType

from tests.faults import aliases as a
from tests.faults import contents as c
from tests.faults import replies as r
from tests.faults.fault import (
    ABSENT,
    ALIAS_LOOP,
    MALFORMED,
    NO_RECURSION,
    TOO_LONG,
    TRUTH,
    either,
    fault,
    these,
    unknown,
)
from tests.faults.replies import honest, oddly, spoiled

REWRITES = unknown("resolver-rewrites")
DENIES_EVERYTHING = either(unknown("resolver-denies-everything"), TRUTH)
"""The zone's servers may say what the resolver does not."""

ON_A_LIST = unknown("list-lists-everything", "not-a-return-code", "list-refuses")
STALE = EDEOption(EDECode.STALE_ANSWER, "the servers do not answer")
NSID = GenericOption(OptionType.NSID, b"ns1")
UNKNOWN = GenericOption(OptionType.make(65001), b"x" * 40)
REWRITTEN = these(ABSENT, either(REWRITES, TRUTH))
REWRITTEN |= these(("not-on", "listed"), either(REWRITES, TRUTH, ON_A_LIST))
"""Absence, and what a blocklist says, cannot be had of a resolver that rewrites."""

ALL_REWRITTEN = REWRITTEN | {"ptr": either(REWRITES, TRUTH)}
LISTS_ALL = these(("not-on", "listed"), unknown("list-lists-everything"))
TOO_MANY = these(("ptr", "not-on", "listed"), unknown("too-many-records"))
NOT_ALONE = {"null": "null-mx-not-alone"}
"""What is added is no lie: it stands there."""

ALIASES = (
    fault("aliases that loop", ALIAS_LOOP, spoiled(a.looping)),
    fault("an alias of itself", ALIAS_LOOP, spoiled(a.of_itself)),
    fault("aliases that loop, one at a time", ALIAS_LOOP, a.back_and_forth),
    fault("an alias", TRUTH, oddly(a.through(1))),
    fault("a chain of 9", TRUTH, oddly(a.through(9))),
    fault("a chain of 17", TOO_LONG, spoiled(a.through(17))),
    fault("a chain of 100", TOO_LONG, spoiled(a.through(100))),
    fault("three aliases, one at a time", TRUTH, a.hop(3)),
    fault("aliases without end, one at a time", TOO_LONG, a.hop(1000)),
    fault(
        "records beside an alias",
        either(MALFORMED, TRUTH),
        oddly(a.beside_an_alias),
        but=these(ABSENT, either(MALFORMED, TRUTH, ALIAS_LOOP)),
    ),
    fault("an alias beside the SOA of its zone", TRUTH, a.beside_its_own_soa),
    fault("two aliases", MALFORMED, spoiled(a.two_aliases)),
)

CONTENTS = (
    fault("records of another name", MALFORMED, spoiled(c.of_another_name)),
    fault("records of another type", MALFORMED, spoiled(c.of_another_type)),
    fault(
        "records nobody asked for",
        TRUTH,
        oddly(c.poisoned),
        but=these((*ABSENT, "hosts"), either(MALFORMED, TRUTH)),
        also=("hosts",),
    ),
    fault("denials without SOA", TRUTH, oddly(c.without_soa)),
    fault("denials by a zone above", TRUTH, oddly(c.denied_by("."))),
    fault("denials by a stranger", TRUTH, oddly(c.denied_by("example.org."))),
    *(
        fault(f"blocked, with EDE {code}", either(REWRITES, TRUTH), c.blocking(code))
        for code in (EDECode.FORGED_ANSWER, EDECode.BLOCKED, EDECode.CENSORED, EDECode.FILTERED)
    ),
    fault("blocked by the first", TRUTH, c.blocking(EDECode.FILTERED), honest),
    fault("a stale answer", TRUTH, oddly(c.options(STALE)), shows="the server says STALE_ANSWER"),
    fault("every host at 0.0.0.0", TRUTH, c.wildcard(".", "0.0.0.0"), also=("address",)),
    fault("EDNS version 1", TRUTH, oddly(c.options(version=1))),
    fault("options nobody knows", TRUTH, oddly(c.options(NSID, UNKNOWN))),
    fault("a referral down", NO_RECURSION, spoiled(c.referral("example.com."))),
    fault("a referral to the root", NO_RECURSION, spoiled(c.referral("."))),
    fault("a referral aside", NO_RECURSION, spoiled(c.referral("example.org."))),
    fault("every name denied", DENIES_EVERYTHING, c.denies_all),
    fault("nothing known of any name", DENIES_EVERYTHING, c.knows_nothing),
    fault("every record twice", TRUTH, oddly(c.doubled)),
    fault(
        "a blocklist that lists all",
        TRUTH,
        c.wildcard("bl.example.net", "127.0.0.2"),
        but=LISTS_ALL,
    ),
    fault(
        "a blocklist that was parked",
        TRUTH,
        c.wildcard("bl.example.net", "203.0.113.80"),
        but=these(("not-on", "listed"), unknown("not-a-return-code")),
    ),
    fault("every host at one address", TRUTH, c.wildcard(".", "203.0.113.80"), but=ALL_REWRITTEN),
    fault("missing names rewritten", TRUTH, c.rewriting("203.0.113.80"), but=REWRITTEN),
    fault("missing names rewritten to this host", TRUTH, c.rewriting("127.0.0.1"), but=REWRITTEN),
    fault(
        "missing names rewritten to a return code", TRUTH, c.rewriting("127.0.0.2"), but=REWRITTEN
    ),
    fault(
        "missing names rewritten, and the second is honest",
        TRUTH,
        c.rewriting("203.0.113.80"),
        honest,
        but=REWRITTEN,
    ),
    fault("300 records", TRUTH, oddly(c.many(300)), but=NOT_ALONE, also=("txt",)),
    fault("600 records", TRUTH, oddly(c.many(600)), but=NOT_ALONE | TOO_MANY),
    fault(
        "texts of NUL, quotes and backslashes",
        TRUTH,
        r.of_type("TXT", oddly(c.texts(r'''"\000\255\"\\"''', '""'))),
        also=("txt",),
    ),
    fault(
        "a record of a NUL and a dot in its label",
        TRUTH,
        r.of_type("MX PTR", oddly(c.more_of(r"a\.b\000\(c.example."))),
        but=NOT_ALONE,
    ),
)
