"""Names that have copies of another name's records: what is said of them, and on what that rests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import dns.name
import dns.rdatatype
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mailcheck.errors import Place
from mailcheck.evidence import Evidence
from mailcheck.facts.aliases import MAX_ALIASES
from mailcheck.facts.change.proposed import ProposedAnswer
from mailcheck.facts.dns import DnsAnswer, DnsQuery, ServerQuery, told
from mailcheck.question import Unobserved
from mailcheck.world.proposed import ProposedNetwork
from mailcheck.world.proposed.patch.copied import Copied
from mailcheck.world.proposed.patch.patch import FlattenedRRset, Patch
from tests.world.proposed.changes import Change, changes, loaded
from tests.world.proposed.patched import NS, LiveZone, Through, judged, patch_of, words
from tests.world.proposed.zones import proposed

if TYPE_CHECKING:
    from mailcheck.check import Told
    from mailcheck.zones.zone import Zone

LIVE = loaded(
    {
        ("@", "MX"): "10 mail",
        ("mail", "A"): "192.0.2.25",
        ("lb", "A"): "192.0.2.80",
        ("was", "CNAME"): "lb",
        ("was.of", "A"): "192.0.2.81",
    }
)
assert LIVE is not None


def flattened(*texts: str, ttl: int = 3600) -> dict[Any, FlattenedRRset]:
    """RRsets (``NAME TYPE TARGET``) that are copied; each stands in a resource of that name."""
    found = {}
    for text in texts:
        name, kind, target = text.split()
        owner = dns.name.from_text("" if name == "@" else name, dns.name.from_text("example.com"))
        at = (owner, dns.rdatatype.from_text(kind))
        place = Place("plan.json", 1, of=f"r.{name}")
        found[at] = FlattenedRRset(
            dns.name.from_text(target, dns.name.from_text("example.com")), ttl, place
        )
    return found


def say(
    asked: str,
    *texts: str,
    patch: str = "",
    live: tuple[Told, ...] = (),
    whole: bool = False,
    ttl: int = 3600,
    zone: Zone | None = LIVE,
) -> Any:
    """What the network will answer if RRsets are copied, and a patch is made beside that."""
    assert zone is not None
    name, _, kind = asked.partition(" ")
    full = "example.com" if name == "@" else f"{name}.example.com"
    # A patch is read only where it changes something.
    made = patch_of(patch) if patch else Patch("example.com", "change", {})
    made = replace(made, flattened=flattened(*texts, ttl=ttl), whole=whole)
    network = ProposedNetwork({"example.com": made})
    [answer] = judged(LiveZone(zone, live), network, DnsQuery(full, kind))
    return answer


OUT = (
    told("lb.example.net A", "192.0.2.90 | 192.0.2.91"),
    told("lb.example.net AAAA", "NODATA"),
    told("gone.example.net A", "NXDOMAIN"),
    told("slow.example.net A", "TIMEOUT"),
    told("cdn.example.net A", "-> edge.example.net | 192.0.2.95"),
    told("back.example.net A", "-> mail.example.com | 192.0.2.25"),
    told("round.example.net A", "-> example.com | 192.0.2.1"),
    told("cdn.example.net CNAME", "edge.example.net."),
    told("edge.example.net A", "192.0.2.95"),
    told("lb.example.net CNAME", "NODATA"),
)


@pytest.mark.parametrize("whole", [False, True], ids=["a part of a zone", "a whole zone"])
@pytest.mark.parametrize(
    ("copied", "asked", "then"),
    [
        pytest.param("@ A lb.example.net.", "@ A", "192.0.2.90 | 192.0.2.91", id="of a live name"),
        pytest.param("@ AAAA lb.example.net.", "@ AAAA", "NODATA", id="of which there are none"),
        pytest.param("@ A gone.example.net.", "@ A", "NODATA", id="of a name that is not there"),
        pytest.param("@ A slow.example.net.", "@ A", "timeout", id="of a name that is not heard"),
        pytest.param("@ A cdn.example.net.", "@ A", "192.0.2.95", id="behind an alias"),
        pytest.param("@ A back.example.net.", "@ A", "192.0.2.99", id="that leads back"),
        pytest.param("@ A round.example.net.", "@ A", "alias-loop", id="that leads to the name"),
        pytest.param("@ A mail", "@ A", "192.0.2.99", id="of a name that is proposed"),
        pytest.param("www A mail", "www TXT", "NODATA", id="another type"),
        pytest.param("a.b A mail", "b A", "NODATA", id="the name exists"),
        pytest.param("a.b A mail", "x.b A", "NXDOMAIN", id="and no name beside it"),
        pytest.param("*.w A mail", "x.w A", "192.0.2.99", id="a wildcard"),
        pytest.param("*.w A mail", "x.w MX", "NODATA", id="a wildcard, another type"),
        pytest.param("*.w A mail", "x.y.w A", "192.0.2.99", id="a wildcard further down"),
        pytest.param("@ A @", "@ A", "alias-loop", id="of itself"),
        pytest.param("c CNAME cdn.example.net.", "c A", "192.0.2.95", id="an alias is copied"),
        pytest.param("c CNAME cdn.example.net.", "c CNAME", "edge.example.net.", id="as such"),
        pytest.param("c CNAME lb.example.net.", "c A", "servfail", id="an alias that is none"),
        pytest.param("c CNAME lb.example.net.", "c CNAME", "servfail", id="as such, that is none"),
    ],
)  # fmt: skip
def test_what_is_said(copied: str, asked: str, then: str, *, whole: bool) -> None:
    answer = say(asked, copied, patch="mail A 192.0.2.99\n", live=OUT, whole=whole)
    end = replace(answer, aliases=()) if isinstance(answer, DnsAnswer) else answer
    assert words(end) == then


def test_no_alias_is_seen() -> None:
    answer = say("@ A", "@ A cdn.example.net.", live=OUT)
    assert answer.aliases == ()
    assert answer.status == "data"
    assert answer.copied_from == "cdn.example.net"


def test_copies_of_what_stays_live() -> None:
    assert words(say("@ A", "@ A lb")) == "192.0.2.80"
    assert words(say("@ A", "@ A lb", whole=True)) == "NODATA"


def test_copies_of_copies() -> None:
    assert words(say("@ A", "@ A www", "www A w2", "w2 A lb.example.net.", live=OUT)) == (
        "192.0.2.90 | 192.0.2.91"
    )


def test_copies_in_a_circle_are_named() -> None:
    answer = say("@ A", "@ A www", "www A w2", "w2 A @")
    assert isinstance(answer, Unobserved)
    assert answer.cause == "alias-loop"
    assert answer.text == (
        "the aliases go in a circle: example.com → www.example.com → w2.example.com → example.com"
    )
    assert [str(line) for line in answer.evidence] == [
        "example.com A → records of www.example.com, proposed, r.@ in plan.json:1",
        "www.example.com A → records of w2.example.com, proposed, r.www in plan.json:1",
        "w2.example.com A → records of example.com, proposed, r.w2 in plan.json:1",
    ]


def test_too_many_copies_of_copies_are_not_followed() -> None:
    texts = [f"n{at} A n{at + 1}" for at in range(MAX_ALIASES + 3)]
    assert words(say("n0 A", *texts)) == "alias-chain-too-long"


@pytest.mark.parametrize(
    ("copied", "lines"),
    [
        pytest.param(
            "@ A lb.example.net.",
            [
                (
                    "example.com A → 192.0.2.90 | 192.0.2.91, proposed, r.@ in plan.json:1, flattened "
                    "from lb.example.net"
                ),
                "lb.example.net A → 192.0.2.90 | 192.0.2.91, TTL 3600",
            ],
            id="of a live name",
        ),
        pytest.param(
            "@ A mail",
            [
                (
                    "example.com A → 192.0.2.99, proposed, r.@ in plan.json:1, flattened "
                    "from mail.example.com"
                ),
                "mail.example.com A → 192.0.2.99, proposed, change:3",
            ],
            id="of a proposed name",
        ),
        pytest.param(
            "@ A gone.example.net.",
            [
                (
                    "example.com A → NODATA (in zone example.com), proposed, r.@ in plan.json:1, "
                    "flattened from gone.example.net"
                ),
                "gone.example.net A → NXDOMAIN",
            ],
            id="of a name that is not there",
        ),
        pytest.param(
            "@ A slow.example.net.",
            [
                "example.com A → records of slow.example.net, proposed, r.@ in plan.json:1",
                "slow.example.net A → TIMEOUT",
            ],
            id="of a name that is not heard",
        ),
    ],
)
def test_every_line_says_where_it_is_from(copied: str, lines: list[str]) -> None:
    answer = say("@ A", copied, patch="mail A 192.0.2.99\n", live=OUT)
    assert [str(line) for line in answer.evidence] == lines
    assert answer.evidence[0].place == Place("plan.json", 1, of="r.@")


@pytest.mark.parametrize(
    ("own", "theirs", "authoritative", "ttl"),
    [
        pytest.param(3600, 60, True, 60, id="the originals have less"),
        pytest.param(60, 3600, True, 60, id="the copies have less"),
        pytest.param(3600, 60, False, 3600, id="of the originals only what is left of it is known"),
    ],
)
def test_the_ttl_is_the_lesser_one(own: int, theirs: int, ttl: int, *, authoritative: bool) -> None:
    line = Evidence("", "", "proposed, change:3")
    copied = Copied("example.com", "A", "A", "lb.example.net", own, "example.com", line)
    _, found = told("lb.example.net A", "192.0.2.1")
    assert isinstance(found, DnsAnswer)
    answer = copied.answer(replace(found, ttl=theirs, authoritative=authoritative))
    assert answer.ttl == ttl


def test_a_target_whose_servers_refuse_leaves_it_open() -> None:
    refused = told("lb.example.net A", "REFUSED")
    answer = say("@ A", "@ A lb.example.net.", live=(refused,))
    assert isinstance(answer, Unobserved)
    assert answer.cause == "refused"


def test_copies_replace_what_is_live() -> None:
    assert words(say("mail A", "mail A lb")) == "192.0.2.80"


def test_copies_beside_a_live_alias_are_a_mixture() -> None:
    assert words(say("was A", "was A lb")) == "alias-and-other-data"


def test_a_server_of_the_zone_says_the_copies_itself() -> None:
    patch = Patch("example.com", "plan", {}, flattened=flattened("mail A lb.example.net."))
    assert LIVE is not None
    world = LiveZone(LIVE, OUT)
    network = ProposedNetwork({"example.com": patch})
    query = ServerQuery("mail.example.com", "A", NS)
    [answer] = judged(world, network, query)
    assert isinstance(answer, ProposedAnswer)
    assert answer.texts == ("192.0.2.90", "192.0.2.91")
    assert answer.authoritative
    assert answer.evidence[0].source == (
        "proposed, r.mail in plan.json:1, flattened from lb.example.net, in place of what "
        "ns1.example.net (192.0.2.53) says now"
    )


@pytest.mark.parametrize("kind", ["NS", "DNAME"])
def test_what_the_zone_rests_on_is_not_copied(kind: str) -> None:
    assert words(say("x.sub A", f"sub {kind} lb.example.net.")) == "not-known-yet"
    assert words(say("x.sub A", f"sub {kind} lb.example.net.", whole=True)) == "not-known-yet"


def test_a_name_server_with_copied_addresses_is_looked_up() -> None:
    patch = patch_of("sub NS ns\nns AAAA 2001:db8::53\nother NS ns.other\n")
    texts = ("ns A lb.example.net.", "ns.other A lb.example.net.")
    patch = replace(patch, flattened=flattened(*texts))
    assert LIVE is not None
    for name in ("sub", "other"):
        query = ServerQuery(f"x.{name}.example.com", "A", NS)
        [answer] = judged(LiveZone(LIVE), Through(patch), query)
        assert answer.delegated_to
        assert answer.glue == ()


def test_a_zone_that_the_target_lies_in_is_led_to() -> None:
    patch = Patch("example.com", "plan", {}, flattened=flattened("www A lb.example.net."))
    other = proposed("example.net", "lb A 192.0.2.7\n")
    network = ProposedNetwork({"example.com": patch, "example.net": other})
    assert LIVE is not None
    [answer] = judged(LiveZone(LIVE), network, DnsQuery("www.example.com", "A"))
    assert words(answer) == "192.0.2.7"
    assert network.unasked() == {}


ORIGINALS = {"192.0.2.1": "one.example.net", "192.0.2.2": "two.example.net"}


def short(answer: DnsAnswer | Unobserved) -> str:
    """An answer without glue, of which there is none where addresses are copied."""
    said = words(answer)
    return said.split("=", 1)[0].rpartition(" ")[0] if "=" in said else said


@pytest.mark.parametrize("whole", [False, True])
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(change=changes(), data=st.data())
def test_copies_are_said_wherever_the_originals_would_be(
    change: Change, data: st.DataObject, *, whole: bool
) -> None:
    before = loaded(change.before)
    assume(before is not None and loaded(change.after) is not None)
    written = patch_of(change.patch).replaced
    copied = {
        at: FlattenedRRset(dns.name.from_text(ORIGINALS[one.rrset[0].address]), 300, one.place)
        for at, one in written.items()
        if at[1] == dns.rdatatype.A
    }
    assume(copied)
    assert before is not None
    patch = replace(patch_of(change.patch), whole=whole)
    others = {at: one for at, one in written.items() if at not in copied}
    asked = data.draw(st.lists(st.sampled_from(change.questions), min_size=12, max_size=12))
    queries = [
        ServerQuery(f"{name}.example.com".removeprefix("."), kind, NS)
        for name, kind in (*asked, *((name, "A") for name, kind in change.replaced if kind == "A"))
    ]
    live = tuple(told(f"{name} A", address) for address, name in ORIGINALS.items())
    plain, flat = (
        judged(LiveZone(before, live), ProposedNetwork({"example.com": one}), *queries)
        for one in (patch, replace(patch, replaced=others, flattened=copied))
    )
    assert [short(answer) for answer in plain] == [short(answer) for answer in flat]
