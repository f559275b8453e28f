"""``resolvers agree on T of N``: the old copy is named with the TTL it has left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.domain.resolvers_agree import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.authority import told_by, told_servers
from mailcheck.facts.dns import NameServer, name_server, told
from mailcheck.facts.run import RunResolvers, RunResolversFact
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

R1, R2, R3 = (name_server(f"198.51.100.{number}") for number in (1, 2, 3))
NS1 = name_server("192.0.2.1", "ns1.example.net")
NS2 = name_server("192.0.2.2", "ns2.example.net")
NEW, OLD = "10 new.example.com.", "10 old.example.com."
SENTENCE = (
    "{resolvers agree on MX of example.com: "
    "{resolvers: [198.51.100.1, 198.51.100.2, 198.51.100.3]}}"
)


def authority(answer: str = NEW) -> tuple[Told, ...]:
    """Return what the one name server of example.com says."""
    return (*told_servers("example.com", NS1), told_by(NS1, "example.com MX", answer))


def serve(*answers: str, ttl: int = 300) -> tuple[Told, ...]:
    """Return what the three resolvers serve."""
    return tuple(
        told_by(resolver, "example.com MX", answer, ttl=ttl, recursive=True)
        for resolver, answer in zip((R1, R2, R3), answers, strict=True)
    )


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("served", "ends"),
    [
        pytest.param((NEW, NEW, NEW), "met", id="all new"),
        pytest.param((NEW, NEW, OLD), "differs-from-authority", id="one old"),
        pytest.param((OLD, OLD, OLD), "differs-from-authority", id="all old, and agreeing"),
        pytest.param((NEW, NEW, "NODATA"), "differs-from-authority", id="one says NODATA"),
        pytest.param((NEW, NEW, "NXDOMAIN"), "differs-from-authority", id="one says NXDOMAIN"),
        pytest.param((NEW, NEW, "TIMEOUT"), "met", id="one is silent"),
        pytest.param((NEW, NEW, "REFUSED"), "met", id="one refuses"),
        pytest.param((NEW, OLD, "TIMEOUT"), "differs-from-authority", id="one old, one silent"),
        pytest.param(
            ("TIMEOUT", OLD, "TIMEOUT"), "differs-from-authority", id="the only answer is old"
        ),
        pytest.param(
            (NEW, "TIMEOUT", "REFUSED"), "inconclusive: too-few-answers", id="one answer only"
        ),
        pytest.param(("TIMEOUT",) * 3, "inconclusive: too-few-answers", id="no answer"),
    ],
)
def test_against_the_authority(served: tuple[str, ...], ends: str) -> None:
    assert ends in ending(judged(CHECK, SENTENCE, *authority(), *serve(*served)))


@pytest.mark.parametrize(
    ("served", "ends"),
    [
        pytest.param((NEW, NEW, NEW), "met", id="the same"),
        pytest.param((NEW, NEW, OLD), "resolvers-differ", id="one differs"),
        pytest.param((NEW, "NODATA", "TIMEOUT"), "resolvers-differ", id="differ, one silent"),
        pytest.param(
            (NEW, "TIMEOUT", "TIMEOUT"), "inconclusive: too-few-answers", id="one answer only"
        ),
    ],
)
@pytest.mark.parametrize(
    ("silence", "advice"),
    [
        ("TIMEOUT", "authority-not-asked"),
        ("REFUSED-BY-AUTHORITY", "authority-refuses"),
        ("LAME", "authority-refuses"),
    ],
)
def test_among_themselves_where_the_authority_says_nothing(
    served: tuple[str, ...], ends: str, silence: str, advice: str
) -> None:
    verdict = judged(CHECK, SENTENCE, *authority(silence), *serve(*served))
    assert ends in ending(verdict)
    assert advice in [a.tag for a in verdict.advice]


@pytest.mark.parametrize("silence", ["TIMEOUT", "REFUSED-BY-AUTHORITY"])
@pytest.mark.parametrize(
    ("served", "compared"), [((NEW, NEW, "TIMEOUT"), True), ((NEW, "TIMEOUT", "TIMEOUT"), False)]
)
def test_only_resolvers_that_were_heard_are_said_to_be_compared(
    served: tuple[str, ...], silence: str, *, compared: bool
) -> None:
    verdict = judged(CHECK, SENTENCE, *authority(silence), *serve(*served))
    assert ("compared" in verdict.advice[0].text) is compared


def test_an_unknown_delegation_does_not_stop_the_comparison() -> None:
    verdict = judged(CHECK, SENTENCE, *serve(NEW, NEW, OLD))
    assert verdict.tags == ("resolvers-differ",)


def test_the_old_copy_is_named_with_the_ttl_it_has_left() -> None:
    kt = name_server("168.126.63.1", "KT")
    verdict = judged(
        CHECK,
        "{resolvers agree on MX of example.com: {resolvers: '168.126.63.1, 198.51.100.2'}}",
        *authority(),
        told_by(kt, "example.com MX", OLD, ttl=1234, recursive=True),
        told_by(R2, "example.com MX", NEW, recursive=True),
    )
    assert verdict.reasons[0].text == (
        "KT (168.126.63.1) serves 10 old.example.com. for another 1234 s (TTL); "
        "the zone's servers say 10 new.example.com."
    )
    assert "until the TTL shown has passed" in verdict.remedies[0].instruction


TWO_SERVERS = told_servers("example.com", NS1, NS2)


@pytest.mark.parametrize(
    ("served", "second", "ends"),
    [
        pytest.param((NEW, NEW, OLD), "TIMEOUT", "inconclusive: timeout", id="it may say the old"),
        pytest.param((NEW, NEW, OLD), "LAME", "differs-from-authority", id="it says nothing"),
        pytest.param((NEW, NEW, NEW), "TIMEOUT", "met", id="it changes nothing"),
        pytest.param(
            (OLD, "TIMEOUT", "TIMEOUT"), "SERVFAIL", "inconclusive: servfail", id="one answer"
        ),
    ],
)
def test_a_silent_server_of_the_zone_may_say_what_a_resolver_says(
    served: tuple[str, ...], second: str, ends: str
) -> None:
    servers = (told_by(NS1, "example.com MX", NEW), told_by(NS2, "example.com MX", second))
    verdict = judged(CHECK, SENTENCE, *TWO_SERVERS, *servers, *serve(*served))
    assert ends in ending(verdict)
    if verdict.kind == "inconclusive":
        assert "serves 10 old.example.com." in verdict.text


def test_a_server_that_has_no_address_says_nothing_either() -> None:
    """Nobody can have its copy; what the other one says is all there is."""
    gone = (told("ns2.example.net A", "NXDOMAIN"), told("ns2.example.net AAAA", "NXDOMAIN"))
    servers = (*TWO_SERVERS, *gone, told_by(NS1, "example.com MX", NEW))
    verdict = judged(CHECK, SENTENCE, *servers, *serve(NEW, NEW, OLD))
    assert verdict.tags == ("differs-from-authority",)


@pytest.mark.parametrize("second", [NEW, "TIMEOUT"])
def test_the_authority_that_answers_is_not_called_refusing(second: str) -> None:
    servers = (
        told_by(NS1, "example.com MX", "REFUSED-BY-AUTHORITY"),
        told_by(NS2, "example.com MX", second),
    )
    verdict = judged(CHECK, SENTENCE, *TWO_SERVERS, *servers, *serve(NEW, NEW, NEW))
    refusing = ["authority-refuses"] if second == "TIMEOUT" else []
    assert (verdict.kind, [a.tag for a in verdict.advice]) == ("met", refusing)


@pytest.mark.parametrize(
    ("own", "ends"),
    [
        pytest.param(
            f"{NEW} | ...", "inconclusive: too-many-records", id="the same as far as read"
        ),
        pytest.param(f"{OLD} | ...", "differs-from-authority", id="different already"),
        pytest.param("TIMEOUT", "inconclusive: too-many-records", id="among themselves"),
    ],
)
def test_records_that_were_not_read_may_differ(own: str, ends: str) -> None:
    verdict = judged(CHECK, SENTENCE, *authority(own), *serve(*[f"{NEW} | ..."] * 3))
    assert ends in ending(verdict)


def test_records_of_the_authority_that_were_not_read_may_be_missing_elsewhere() -> None:
    verdict = judged(CHECK, SENTENCE, *authority(f"{NEW} | ..."), *serve(NEW, NEW, NEW))
    assert ending(verdict) == ("inconclusive: too-many-records",)


def test_name_servers_that_differ_are_both_right_for_their_resolvers() -> None:
    servers = (
        *told_servers("example.com", NS1, NS2),
        told_by(NS1, "example.com MX", NEW),
        told_by(NS2, "example.com MX", OLD),
    )
    assert judged(CHECK, SENTENCE, *servers, *serve(NEW, OLD, OLD)).kind == "met"


def test_absence_that_is_cached_still_differs_from_a_new_record() -> None:
    verdict = judged(CHECK, SENTENCE, *authority(NEW), *serve("NODATA", "NODATA", NEW))
    assert verdict.tags == ("differs-from-authority",)
    assert "serves NODATA; the zone's" in verdict.reasons[0].text


def test_agreed_absence_is_met_with_advice() -> None:
    verdict = judged(CHECK, SENTENCE, *authority("NXDOMAIN"), *serve(*["NXDOMAIN"] * 3))
    assert (verdict.kind, [a.tag for a in verdict.advice]) == ("met", ["nothing-published"])


@pytest.mark.parametrize(
    ("rdtype", "one", "other"),
    [("A", "192.0.2.80", "192.0.2.81"), ("AAAA", "2001:db8::80", "2001:db8::81")],
)
@pytest.mark.parametrize("silence", ["", "TIMEOUT"], ids=["authority", "among themselves"])
def test_differing_addresses_are_advice(rdtype: str, one: str, other: str, silence: str) -> None:
    asked = f"www.example.com {rdtype}"
    zone = (told("www.example.com NS", "NODATA"), *told_servers("example.com", NS1))
    verdict = judged(
        CHECK,
        f"{{resolvers agree on {rdtype} of www.example.com: {{resolvers: "
        "[198.51.100.1, 198.51.100.2]}}",
        *zone,
        told_by(NS1, asked, silence or one),
        told_by(R1, asked, one, recursive=True),
        told_by(R2, asked, other, recursive=True),
    )
    assert verdict.kind == "met"
    assert "addresses-differ" in [a.tag for a in verdict.advice]


def test_without_the_option_the_resolvers_of_the_run_are_asked() -> None:
    run = (RunResolvers(), RunResolversFact((R1, NameServer(R2.address, port=5353), R1)))
    port = NameServer(R2.address, port=5353)
    verdict = judged(
        CHECK,
        "resolvers agree on MX of example.com",
        run,
        *authority(),
        told_by(R1, "example.com MX", NEW, recursive=True),
        told_by(port, "example.com MX", OLD, ttl=7, recursive=True),
    )
    assert "198.51.100.2 port 5353 serves 10 old.example.com. for another 7 s" in str(
        verdict.reasons[0].text
    )


def test_a_resolver_named_twice_is_one_answer() -> None:
    verdict = judged(
        CHECK,
        "{resolvers agree on MX of example.com: {resolvers: [198.51.100.1, 198.51.100.1]}}",
        *authority(),
        told_by(R1, "example.com MX", NEW, recursive=True),
    )
    assert ending(verdict) == ("inconclusive: too-few-answers",)


@pytest.mark.parametrize(
    "resolvers", ["'KT, Google'", "[kt, GOOGLE]", "'LG U+, 198.51.100.1'"], ids=str
)
def test_known_resolvers_are_called_by_name(resolvers: str) -> None:
    verdict = judged(CHECK, f"{{resolvers agree on MX of example.com: {{resolvers: {resolvers}}}}}")
    assert verdict.cause == "too-few-answers"


def test_an_unknown_resolver_is_refused_when_read() -> None:
    with pytest.raises(SourceError, match="Cloudflare"):
        judged(CHECK, "{resolvers agree on MX of example.com: {resolvers: Quad10}}")


def test_the_remedy_among_themselves_is_to_look_at_the_authority() -> None:
    [remedy] = judged(CHECK, SENTENCE, *serve(NEW, NEW, OLD)).remedies
    assert "name servers of example.com" in remedy.instruction
