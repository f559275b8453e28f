"""What a patched zone will say, and where it is written: by the patch, or by who serves it now."""

from __future__ import annotations

import time
from typing import Any

import dns.name
import dns.rdatatype
import pytest

from mailcheck.catalogue import load_catalogue
from mailcheck.conclusion import record_for
from mailcheck.errors import Place
from mailcheck.facts.change.proposed import Proposed, ProposedFact
from mailcheck.facts.dns import DnsAnswer, DnsQuery, ServerQuery, told
from mailcheck.question import Unobserved
from mailcheck.report.places import at_fault
from mailcheck.suite.load import load_item
from mailcheck.verdict import Verdict
from mailcheck.world.proposed import ProposedNetwork
from mailcheck.world.proposed.patch.patch import FlattenedRRset, Patch, Removed, UnknownRRset
from tests.world.proposed.patched import NS, LiveZone, Through, judged, patch_of, words
from tests.world.proposed.zones import proposed

LIVE = proposed(
    "example.com",
    """\
@ MX 10 mail
mail A 192.0.2.25
mail TXT "v=spf1 a -all"
www CNAME web.example.net.
both TXT "one"
both MX 10 mail
ent.deep A 192.0.2.26
_dmarc.sub TXT "v=DMARC1; p=none"
sub A 192.0.2.27
*.wild A 192.0.2.80
own.wild A 192.0.2.81
*.alias CNAME mail
child NS ns.child
ns.child A 192.0.2.54
old DNAME new.example.net.
""",
).zone
assert LIVE is not None


def say(patch: Patch, asked: str, *silent: str) -> Any:
    """What the servers will say; to *silent* questions they do not answer now."""
    assert LIVE is not None
    name, rdtype = asked.split()
    world = LiveZone(LIVE, unseen=dict.fromkeys(silent, "timeout"))
    [answer] = judged(world, Through(patch), ServerQuery(name, rdtype, NS))
    return answer


@pytest.mark.parametrize(
    ("patch", "asked", "then"),
    [
        pytest.param("mail A 192.0.2.99", "mail A", "192.0.2.99", id="a replaced RRset"),
        pytest.param("mail A 192.0.2.99", "mail TXT", '"v=spf1 a -all"', id="another type stays"),
        pytest.param("mail A 192.0.2.99", "mail MX", "NODATA", id="and what was not there is not"),
        pytest.param("mail A 192.0.2.99", "both MX", "10 mail.example.com.", id="another name"),
        pytest.param("mail A 192.0.2.99", "gone A", "NXDOMAIN", id="a name that never was"),
        pytest.param("new A 192.0.2.99", "new A", "192.0.2.99", id="a new name"),
        pytest.param("new A 192.0.2.99", "new MX", "NODATA", id="another type of a new name"),
        pytest.param("a.b A 192.0.2.99", "b A", "NODATA", id="a new empty non-terminal"),
        pytest.param("-both TXT", "both TXT", "NODATA", id="a removed RRset"),
        pytest.param("-both TXT", "both A", "NODATA", id="its name exists by what stays"),
        pytest.param("-both", "both TXT", "NXDOMAIN", id="a removed name"),
        pytest.param("-both", "both A", "NXDOMAIN", id="a removed name, asked for what it never had"),
        pytest.param("-both MX\n-both TXT", "both A", "NXDOMAIN", id="removed type by type"),
        pytest.param("-both\na.both A 192.0.2.9", "both TXT", "NODATA", id="with a new name below"),
        pytest.param("-sub", "sub A", "NODATA", id="with a usual name below that is live"),
        pytest.param("-sub\n-_dmarc.sub", "sub A", "NXDOMAIN", id="which goes as well"),
        pytest.param("-ent.deep", "ent.deep A", "NXDOMAIN", id="a removed name in the depth"),
        pytest.param("-both\nboth A 192.0.2.9", "both A", "192.0.2.9", id="a whole name replaced"),
        pytest.param("-both\nboth A 192.0.2.9", "both TXT", "NODATA", id="and nothing else is left"),
        pytest.param("www A 192.0.2.9\n-www CNAME", "www A", "192.0.2.9", id="no alias any more"),
        pytest.param("www A 192.0.2.9\n-www CNAME", "www MX", "NODATA", id="nor for another type"),
        pytest.param("-www", "www A", "NXDOMAIN", id="an alias that goes"),
        pytest.param("-www A", "www A", "-> web.example.net", id="an alias has no other type to go"),
        pytest.param("www CNAME mail", "www A", "-> mail.example.com", id="an alias elsewhere"),
        pytest.param("www CNAME mail", "www CNAME", "mail.example.com.", id="the alias itself"),
        pytest.param("-mail\nmail CNAME www", "mail A", "-> www.example.com", id="data to alias"),
        pytest.param("www A 192.0.2.9", "www A", "alias-and-other-data", id="beside a live alias"),
        pytest.param("mail CNAME www", "mail A", "alias-and-other-data", id="an alias beside data"),
        pytest.param("mail CNAME www", "mail MX", "alias-and-other-data", id="for every type"),
        pytest.param("www A 192.0.2.9", "mail A", "192.0.2.25", id="the names around are judged"),
        pytest.param("-own.wild", "own.wild A", "192.0.2.80", id="a live wildcard is uncovered"),
        pytest.param("-own.wild", "own.wild MX", "NODATA", id="which has no other type"),
        pytest.param("x.wild MX 10 mail", "x.wild A", "NODATA", id="a new name blocks a wildcard"),
        pytest.param("y.x.wild A 192.0.2.9", "x.wild A", "NODATA", id="so does a name above it"),
        pytest.param("y.x.wild A 192.0.2.9", "z.x.wild A", "NXDOMAIN", id="for all below that"),
        pytest.param("y.x.wild A 192.0.2.9", "z.wild A", "192.0.2.80", id="and not beside it"),
        pytest.param("-*.wild", "z.wild A", "NXDOMAIN", id="a wildcard that goes"),
        pytest.param("-*.wild", "own.wild A", "192.0.2.81", id="names that are written stay"),
        pytest.param("*.wild A 192.0.2.9", "z.wild A", "192.0.2.9", id="a wildcard replaced"),
        pytest.param("* TXT x", "no TXT", '"x"', id="a new wildcard"),
        pytest.param("* TXT x", "no A", "NODATA", id="a new wildcard, of another type"),
        pytest.param("* TXT x", "y.no TXT", '"x"', id="a new wildcard, for what is further down"),
        pytest.param("* TXT x", "mail TXT", '"v=spf1 a -all"', id="not for a name with that type"),
        pytest.param("* TXT x", "www TXT", "-> web.example.net", id="not for an alias"),
        pytest.param("* TXT x", "y.mail TXT", "NXDOMAIN", id="not below a name that exists"),
        pytest.param("* TXT x", "deep TXT", "NODATA", id="not for an empty non-terminal"),
        pytest.param("* CNAME mail", "no A", "-> mail.example.com", id="a wildcard that is an alias"),
        pytest.param("-both\n* TXT x", "both TXT", '"x"', id="for a name that goes"),
        pytest.param("x.alias MX 10 mail", "x.alias MX", "10 mail.example.com.", id="no mixture: "
                     "a wildcard's alias does not stand at the name"),
        pytest.param("mail NS ns1.example.net.", "x.mail A", "cut mail.example.com to ns1.example.net",
                     id="a new delegation"),
        pytest.param("deep NS ent.deep", "deep A",
                     "cut deep.example.com to ent.deep.example.com ent.deep.example.com=192.0.2.26",
                     id="live data become glue"),
        pytest.param("deep NS ns.deep\nns.deep A 192.0.2.9", "x.deep A",
                     "cut deep.example.com to ns.deep.example.com ns.deep.example.com=192.0.2.9",
                     id="glue of the patch"),
        pytest.param("deep NS ns1.example.net.", "deep DS", "NODATA", id="the DS of a cut is ours"),
        pytest.param("ns.child A 192.0.2.9", "x.child A",
                     "cut child.example.com to ns.child.example.com ns.child.example.com=192.0.2.9",
                     id="new glue of a live delegation"),
        pytest.param("x.child A 192.0.2.9", "x.child A",
                     "cut child.example.com to ns.child.example.com ns.child.example.com=192.0.2.54",
                     id="what lies below a live delegation is others' to say"),
        pytest.param("-child NS", "x.child A", "hidden-till-then", id="what a delegation hid"),
        pytest.param("-child NS\nx.child A 192.0.2.9", "x.child A", "192.0.2.9",
                     id="but for what is in the patch"),
        pytest.param("-child\n-ns.child", "child A", "hidden-till-then",
                     id="whether there is anything below nobody says"),
        pytest.param("-child", "child A", "NODATA", id="but for glue that stays"),
        pytest.param("b DNAME new.example.net.", "x.b A", "-> x.new.example.net", id="a new DNAME"),
        pytest.param("b DNAME new.example.net.", "x.b CNAME", "x.new.example.net.",
                     id="the alias that a DNAME makes"),
        pytest.param("b DNAME new.example.net.", "b A", "NODATA", id="a DNAME is not its own alias"),
        pytest.param("old TXT x", "x.old A", "-> x.new.example.net", id="a live DNAME"),
        pytest.param("-old\nx.old A 192.0.2.9", "x.old A", "192.0.2.9", id="no DNAME any more"),
        pytest.param("-old", "x.old A", "hidden-till-then", id="what a DNAME hid"),
        pytest.param("@ MX 5 mx", "@ MX", "5 mx.example.com.", id="the zone itself"),
        pytest.param("@ MX 5 mx", "@ TXT", "NODATA", id="another type of the zone itself"),
        pytest.param("-@ MX", "@ MX", "NODATA", id="an RRset of the zone itself that goes"),
        pytest.param("@ NS ns9.example.net.", "@ NS", "ns9.example.net.", id="other servers"),
    ],
)  # fmt: skip
def test_what_is_said(patch: str, asked: str, then: str) -> None:
    name, rdtype = asked.split()
    full = "example.com" if name == "@" else f"{name}.example.com"
    assert words(say(patch_of(patch + "\n"), f"{full} {rdtype}")) == then


@pytest.mark.parametrize(
    ("patch", "asked", "lines"),
    [
        pytest.param(
            "mail A 192.0.2.99",
            "mail A",
            ["mail.example.com A → 192.0.2.99, proposed, change:3"],
            id="what is replaced, at its line",
        ),
        pytest.param(
            "-both\n-mail TXT",
            "mail TXT",
            ["mail.example.com TXT → NODATA (in zone example.com), proposed, change:4"],
            id="what is removed, at its line",
        ),
        pytest.param(
            "mail A 192.0.2.99",
            "both TXT",
            [
                (
                    'both.example.com TXT → "one", authoritative, TTL 3600, from ns1.example.net'
                    " (192.0.2.53)"
                )
            ],
            id="what stays, and who serves it",
        ),
        pytest.param(
            "-own.wild",
            "own.wild A",
            [
                (
                    "*.wild.example.com A → 192.0.2.80, live, authoritative, TTL 3600, from "
                    "ns1.example.net (192.0.2.53)"
                )
            ],
            id="a wildcard that is live",
        ),
        pytest.param(
            "mail A 192.0.2.99",
            "mail MX",
            [
                (
                    "mail.example.com MX → NODATA (in zone example.com), authoritative, from "
                    "ns1.example.net (192.0.2.53)"
                )
            ],
            id="a denial that stays",
        ),
    ],
)
def test_every_line_says_where_it_is_from(patch: str, asked: str, lines: list[str]) -> None:
    name, rdtype = asked.split()
    answer = say(patch_of(patch + "\n"), f"{name}.example.com {rdtype}")
    assert [str(line) for line in answer.evidence] == lines


@pytest.mark.parametrize(
    ("patch", "asked", "silent", "then"),
    [
        pytest.param("mail A 192.0.2.99", "mail A", "mail TXT", "192.0.2.99", id="another type"),
        pytest.param("mail HINFO a b", "mail HINFO", "mail HINFO", '"a" "b"',
                     id="the type that is replaced"),
        pytest.param("mail A 192.0.2.99", "mail TXT", "mail TXT", "timeout", id="the type asked"),
        pytest.param("-both TXT", "both A", "both MX", "timeout", id="by which the name stays"),
        pytest.param("-both TXT\nboth A 192.0.2.9", "both A", "both MX", "192.0.2.9",
                     id="where it stays anyway"),
        pytest.param("-own.wild", "own.wild A", "*.wild A", "timeout", id="the wildcard"),
        pytest.param("mail CNAME www\n-mail", "mail A", "mail TXT", "-> www.example.com",
                     id="a type that would not stay"),
        pytest.param("mail CNAME www\n-mail A", "mail A", "mail TXT", "timeout",
                     id="a type that might stand beside an alias"),
    ],
)  # fmt: skip
def test_silence_leaves_open_what_turns_on_it(
    patch: str, asked: str, silent: str, then: str
) -> None:
    full = [f"{text.split()[0]}.example.com {text.split()[1]}" for text in (asked, silent)]
    assert words(say(patch_of(patch + "\n"), *full)) == then


@pytest.mark.parametrize(
    "cause",
    [
        pytest.param("servfail", id="named gives up a circle"),
        pytest.param("alias-loop", id="nsd leaves it to us"),
        pytest.param("malformed", id="an alias of a name that is delegated, asked for NS"),
    ],
)
def test_an_alias_is_seen_whatever_it_leads_to(cause: str) -> None:
    assert LIVE is not None
    unseen = {f"www.example.com {kind}": cause for kind in ("A", "NS", "TXT", "MX")}
    asked = [ServerQuery("www.example.com", kind, NS) for kind in ("A", "MX")]
    patch = patch_of("-www CNAME\nwww A 192.0.2.9\n")
    got = judged(LiveZone(LIVE, unseen=unseen), Through(patch), *asked)
    assert [words(answer) for answer in got] == ["192.0.2.9", "NODATA"]


def unknown(owner: str, rdtype: str) -> Patch:
    """A patch that gives an RRset values that nobody knows yet."""
    key = (dns.name.from_text(f"{owner}.example.com"), dns.rdatatype.from_text(rdtype))
    place = Place("main.tf", 7)
    return Patch(
        "example.com", "plan", {}, {}, {key: UnknownRRset("aws_eip.mail.public_ip", place)}
    )


@pytest.mark.parametrize(
    ("owner", "rdtype", "asked", "then"),
    [
        pytest.param("mail", "A", "mail A", "not-known-yet", id="the RRset"),
        pytest.param("mail", "A", "mail TXT", '"v=spf1 a -all"', id="another type"),
        pytest.param("new", "A", "new MX", "NODATA", id="its name exists"),
        pytest.param("new", "CNAME", "new MX", "not-known-yet", id="an alias has no types"),
        pytest.param("*", "A", "none A", "not-known-yet", id="a wildcard"),
        pytest.param("mail", "NS", "x.mail A", "not-known-yet", id="a delegation"),
        pytest.param("mail", "DNAME", "x.mail A", "not-known-yet", id="a DNAME"),
    ],
)
def test_values_that_nobody_knows_yet(owner: str, rdtype: str, asked: str, then: str) -> None:
    name, kind = asked.split()
    answer = say(unknown(owner, rdtype), f"{name}.example.com {kind}")
    assert words(answer) == then


def test_an_unknown_value_is_named_with_its_place() -> None:
    answer = say(unknown("mail", "A"), "mail.example.com A")
    assert answer.text == (
        "mail.example.com A is known only after the change: aws_eip.mail.public_ip (main.tf:7)"
    )


def test_what_is_copied_from_elsewhere_is_there() -> None:
    at = (dns.name.from_text("a.b.example.com"), dns.rdatatype.A)
    place = Place("plan", 7, of="aws_route53_record.b")
    copied = FlattenedRRset(dns.name.from_text("lb.example.net"), 60, place)
    patch = Patch("example.com", "plan", {}, flattened={at: copied})
    assert patch.has(*at)
    assert not patch.removes(*at)
    assert patch.types_at(at[0]) == (dns.rdatatype.A,)
    assert at[0].parent() in patch.given
    assert patch.place_of(*at) is place


def test_a_mixture_is_named_with_its_line_and_what_stays() -> None:
    answer = say(patch_of("mail CNAME www\n"), "mail.example.com A")
    assert "CNAME by change:3 and A, TXT live" in answer.text


def test_a_patch_of_a_name_that_is_no_zone_is_not_guessed_at() -> None:
    answer = say(patch_of("@ A 192.0.2.9\n", "mail.example.com"), "mail.example.com A")
    assert isinstance(answer, Unobserved)
    assert answer.cause == "patch-of-no-zone"
    assert "its names are in example.com" in answer.text


@pytest.mark.parametrize(
    ("patch", "asked", "line"),
    [
        pytest.param(
            patch_of("www A 192.0.2.9\n"),
            "www.example.com MX",
            "www.example.com A → would be an alias (CNAME) and have other records, "
            "proposed, change:3",
            id="an alias and other data",
        ),
        pytest.param(
            unknown("mail", "A"),
            "mail.example.com A",
            "mail.example.com A → aws_eip.mail.public_ip, proposed, main.tf:7",
            id="not known yet",
        ),
        pytest.param(
            patch_of("-x\n-y\nz A 192.0.2.9\n", "mail.example.com"),
            "w.mail.example.com A",
            "patch of mail.example.com → mail.example.com is no zone: its names are in "
            "example.com, proposed, change:3",
            id="a patch of no zone",
        ),
    ],
)
def test_a_line_of_the_patch_is_at_fault(patch: Patch, asked: str, line: str) -> None:
    answer = say(patch, asked)
    [seen] = answer.evidence
    assert str(seen) == line
    assert seen.place is not None
    unseen = Verdict("inconclusive", cause=answer.cause, text=answer.text, evidence=(seen,))
    [sentence] = load_item("domain example.com has MX", load_catalogue())
    assert at_fault((seen,), record_for(sentence, unseen)) == seen.place


def ask(patch: str, *questions: Any, told: Any = ()) -> tuple[LiveZone, list[Any]]:
    """What the network will answer, and the world below it."""
    assert LIVE is not None
    world = LiveZone(LIVE, told)
    network = ProposedNetwork({"example.com": patch_of(patch + "\n")})
    return world, judged(world, network, *questions)


def test_aliases_lead_into_the_patch_and_out_of_it() -> None:
    told_live = (told("web.example.net A", "-> mail.example.com | 192.0.2.25"),)
    _, [answer] = ask("mail A 192.0.2.99", DnsQuery("www.example.com", "A"), told=told_live)
    assert [str(line) for line in answer.evidence][1:] == [
        "web.example.net A → alias of mail.example.com, TTL 3600",
        "mail.example.com A → 192.0.2.99, proposed, change:3",
    ]
    assert answer.texts == ("192.0.2.99",)


def test_a_server_keeps_its_own_copy_of_what_is_not_touched() -> None:
    other = ServerQuery("both.example.com", "TXT", NS)
    _, [answer] = ask("mail A 192.0.2.99", other)
    assert type(answer) is DnsAnswer


def test_a_server_says_what_is_proposed_in_place_of_what_it_says_now() -> None:
    _, [answer] = ask("mail A 192.0.2.99", ServerQuery("mail.example.com", "A", NS))
    [line] = answer.evidence
    assert line.source == (
        "proposed, change:3, in place of what ns1.example.net (192.0.2.53) says now"
    )


def test_a_server_that_delegates_no_more_answers_itself() -> None:
    patch = "-child NS\nx.child A 192.0.2.9"
    _, [answer] = ask(patch, ServerQuery("x.child.example.com", "A", NS))
    assert answer.texts == ("192.0.2.9",)


@pytest.mark.parametrize(
    ("name", "by"),
    [
        pytest.param("mail", "change", id="a name of the patch"),
        pytest.param("x.mail", "change", id="a name below it"),
        pytest.param("both", "", id="a name that stays as it is"),
        pytest.param("x.wild", "change", id="a name that a wildcard of it covers"),
    ],
)
def test_names_that_stay_as_they_are_are_not_proposed(name: str, by: str) -> None:
    _, [fact] = ask("mail A 192.0.2.99\n-*.wild", Proposed(f"{name}.example.com"))
    assert fact == ProposedFact(by)


def test_nothing_is_asked_where_the_patch_says_nothing() -> None:
    world, _ = ask("mail A 192.0.2.99", DnsQuery("both.example.com", "TXT"))
    assert world.asked == ["both.example.com TXT"]


def test_many_removals_cost_each_the_same() -> None:
    """A stranger may remove a million; 100,000 took twenty seconds, and twice as many four times that."""
    removed: dict[Removed, Place | None] = {
        (dns.name.from_text(f"n{n}.example.com"), None): None for n in range(100_000)
    }
    begun = time.process_time()
    patch = Patch("example.com", "p", {}, removed)
    assert time.process_time() - begun < 8
    assert len(patch.children(patch.apex)) == len(removed)
