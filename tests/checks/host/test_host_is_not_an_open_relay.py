"""host H is not an open relay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.host.host_is_not_an_open_relay import CHECK, IsNotAnOpenRelay, probes
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.envelope import RunRecipients, RunRecipientsFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.names import Domain
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailcheck.check import Told

HOST = "mail.example.com"
SENTENCE = f"host {HOST} is not an open relay"
DNS = (told(f"{HOST} A", "192.0.2.25"), told(f"{HOST} AAAA", "NODATA"))
PROVIDER = (
    told("elsewhere.example MX", "10 mx.elsewhere.example."),
    told("mx.elsewhere.example A", "198.51.100.1"),
    told("mx.elsewhere.example AAAA", "NODATA"),
)
PLAIN, ROUTE, PERCENT, QUOTED, BANG = FORMS = (
    "user@elsewhere.example",
    f"@{HOST}:user@elsewhere.example",
    f"user%elsewhere.example@{HOST}",
    f'"user@elsewhere.example"@{HOST}',
    f"elsewhere.example!user@{HOST}",
)
NAMES = ("plain", "route", "percent", "quoted", "bang")
NO = "554 5.7.1 Relay access denied"


def at(greeting: str = "220 mail", mail: str = "250 Ok", **said: str) -> Told:
    """A host that refuses all forms, but to what is *said* of single ones, by their name."""
    replies = dict(zip(FORMS, (said.get(name, NO) for name in NAMES), strict=True))
    return told_smtp(f"{HOST} 192.0.2.25:25", greeting, recipients=replies, mail=mail)


def test_examples() -> None:
    run_examples(CHECK)


def test_the_five_forms() -> None:
    run = RunRecipientsFact(consents=True, elsewhere="user@elsewhere.example")
    offered = [run.envelope(probe) for probe in probes(IsNotAnOpenRelay(Domain.parse(HOST)))]
    assert tuple(envelope.recipient for envelope in offered) == FORMS
    assert {envelope.sender for envelope in offered} == {""}


@pytest.mark.parametrize(
    ("host", "ends"),
    [
        pytest.param(at(), ("met",), id="refuses all"),
        pytest.param(at(plain="250 Ok"), ("relays",), id="the plain form"),
        pytest.param(at(route="250 Ok"), ("relays",), id="the source route"),
        pytest.param(at(percent="250 Ok"), ("takes-routed-address",), id="the percent sign"),
        pytest.param(at(quoted="250 Ok"), ("takes-routed-address",), id="the quoted local part"),
        pytest.param(at(bang="250 Ok"), ("takes-routed-address",), id="the bang path"),
        pytest.param(
            at(plain="250 Ok", bang="250 Ok"), ("relays", "takes-routed-address"), id="several"
        ),
        pytest.param(at(plain="450 later"), ("inconclusive: greylisted",), id="greylisting"),
        pytest.param(at(bang="421 bye"), ("inconclusive: temporary-failure",), id="hangs up"),
        pytest.param(at("554 5.7.1 no"), ("inconclusive: refused-this-client",), id="not us"),
        pytest.param(at("TIMEOUT"), ("inconclusive: timeout",), id="silent"),
    ],
)
def test_what_is_relayed(host: Told, ends: tuple[str, ...]) -> None:
    assert ending(judged(CHECK, SENTENCE, *DNS, *PROVIDER, host)) == ends


def again(first: str, rest: str = NO, mail: str = "250 Ok", forms: Sequence[str] = FORMS) -> Told:
    """The second session of a host that refused *forms* as bounces: what it says to the mailbox."""
    replies = dict.fromkeys(forms, rest) | {forms[0]: first}
    return told_smtp(
        f"{HOST} 192.0.2.25:25", "220 mail", recipients=replies, mail=mail, sender=PLAIN
    )


NO_BOUNCES = "550 5.7.1 null sender refused"


@pytest.mark.parametrize(
    "refusal",
    [
        pytest.param(at(mail=NO_BOUNCES), id="at MAIL"),
        pytest.param(at(**dict.fromkeys(NAMES, NO_BOUNCES)), id="at RCPT"),
        pytest.param(
            at(**dict.fromkeys(NAMES, "554 5.7.1 <>: Sender address rejected: Access denied")),
            id="at RCPT, in the words of Postfix",
        ),
    ],
)
@pytest.mark.parametrize(
    ("other", "ends"),
    [
        pytest.param(again("250 Ok"), "relays", id="relays other mail"),
        pytest.param(again(NO), "met", id="refuses other mail"),
        pytest.param(again("550 no such user"), "met", id="refuses other mail, in other words"),
        pytest.param(again("450 later"), "inconclusive: greylisted", id="greylisting"),
        pytest.param(
            again("554 5.7.1 Sender address rejected", "554 5.7.1 Sender address rejected"),
            "inconclusive: refused-this-client",
            id="refuses the sender",
        ),
        pytest.param(
            again(NO, mail="550 5.7.23 SPF"), "inconclusive: refused-this-client", id="SPF"
        ),
        pytest.param(
            told_smtp(
                f"{HOST} 192.0.2.25:25",
                "421 too many connections",
                recipients=dict.fromkeys(FORMS, ""),
                sender=PLAIN,
            ),
            "inconclusive: temporary-failure",
            id="takes no second session",
        ),
        pytest.param(
            told_smtp(
                f"{HOST} 192.0.2.25:25",
                "TIMEOUT",
                recipients=dict.fromkeys(FORMS, ""),
                sender=PLAIN,
            ),
            "inconclusive: timeout",
            id="is silent the second time",
        ),
    ],
)
def test_who_refuses_bounces_may_relay_other_mail(refusal: Told, other: Told, ends: str) -> None:
    assert ending(judged(CHECK, SENTENCE, *DNS, *PROVIDER, refusal, other)) == (ends,)


def test_other_mail_is_offered_only_where_bounces_may_be_meant() -> None:
    first = at(percent="550 Unrouteable address")
    second = again("550 Unrouteable address", forms=[PERCENT])
    assert ending(judged(CHECK, SENTENCE, *DNS, *PROVIDER, first, second)) == ("met",)


def test_a_sentence_that_is_asked_later_has_one_session_too() -> None:
    """The recipients of the run are gathered when the first sentence asks."""
    run = RunRecipientsFact(consents=True, elsewhere="user@elsewhere.example")
    verdict = judged(CHECK, SENTENCE, (RunRecipients(), run), *DNS, *PROVIDER, at())
    assert verdict.kind == "met"


@pytest.mark.parametrize("greeting", ["REFUSED", "521 takes no mail"])
def test_where_nobody_serves_nothing_is_relayed(greeting: str) -> None:
    verdict = judged(CHECK, SENTENCE, *DNS, *PROVIDER, at(greeting))
    assert (ending(verdict), [a.tag for a in verdict.advice]) == (("met",), ["no-mail-server"])


def test_a_routed_address_is_only_advised() -> None:
    verdict = judged(CHECK, SENTENCE, *DNS, *PROVIDER, at(bang="250 Ok"))
    assert verdict.excused


@pytest.mark.parametrize(
    ("records", "ends"),
    [
        pytest.param(("NXDOMAIN", "NXDOMAIN"), "no-such-domain", id="no such host"),
        pytest.param(("NODATA", "NODATA"), "no-address", id="no address"),
        pytest.param(("REFUSED-BY-AUTHORITY",) * 2, "refused-by-authority", id="refused"),
    ],
)
def test_a_host_that_is_not_there_is_none(records: tuple[str, str], ends: str) -> None:
    dns = [told(f"{HOST} {kind}", one) for kind, one in zip(("A", "AAAA"), records, strict=True)]
    assert ending(judged(CHECK, SENTENCE, *dns, *PROVIDER)) == (ends,)


@pytest.mark.parametrize(
    ("provider", "replies", "ends"),
    [
        pytest.param(
            (told("elsewhere.example MX", f"10 {HOST}."),),
            {"plain": "250 Ok"},
            "not evaluated: relay-recipient-is-local",
            id="its exchange",
        ),
        pytest.param(
            (told("elsewhere.example MX", f"10 {HOST}."),),
            {},
            "not evaluated: relay-recipient-is-local",
            id="its exchange, which refuses",
        ),
        pytest.param(
            (PROVIDER[0], told("mx.elsewhere.example A", "192.0.2.25"), PROVIDER[2]),
            {"plain": "250 Ok"},
            "not evaluated: relay-recipient-is-local",
            id="the same address by another name",
        ),
        pytest.param(
            (told("elsewhere.example MX", "SERVFAIL"),),
            {"plain": "250 Ok"},
            "inconclusive: servfail",
            id="perhaps, and takes it",
        ),
        pytest.param(
            (told("elsewhere.example MX", "SERVFAIL"),), {}, "met", id="perhaps, and refuses"
        ),
        pytest.param(
            tuple(told(f"elsewhere.example {kind}", "NXDOMAIN") for kind in ("MX", "A", "AAAA")),
            {},
            "not evaluated: relay-recipient-is-nowhere",
            id="nowhere, and refuses",
        ),
        pytest.param(
            (
                told("elsewhere.example MX", "0 ."),
                told("elsewhere.example A", "NODATA"),
                told("elsewhere.example AAAA", "NODATA"),
            ),
            {},
            "not evaluated: relay-recipient-is-nowhere",
            id="null MX, and refuses",
        ),
        pytest.param(
            tuple(told(f"elsewhere.example {kind}", "NXDOMAIN") for kind in ("MX", "A", "AAAA")),
            {"plain": "250 Ok"},
            "relays",
            id="nowhere, and takes it",
        ),
        pytest.param(
            (told("elsewhere.example MX", "NOT-IN-LAB"),),
            {"plain": "250 Ok"},
            "relays",
            id="a domain that no host of a lab serves",
        ),
    ],
)
def test_its_own_mailbox_is_no_mailbox_elsewhere(
    provider: tuple[Told, ...], replies: dict[str, str], ends: str
) -> None:
    verdict = judged(CHECK, SENTENCE, *DNS, *provider, at(**replies))
    assert ending(verdict) == (ends,)


@pytest.mark.parametrize(
    ("run", "cause"),
    [
        pytest.param(RunRecipientsFact(), "recipients-not-probed", id="no consent"),
        pytest.param(RunRecipientsFact(consents=True), "no-relay-recipient", id="no mailbox"),
    ],
)
def test_what_a_run_has_to_say(run: RunRecipientsFact, cause: str) -> None:
    verdict = judged(CHECK, SENTENCE, (RunRecipients(), run))
    assert ending(verdict) == (f"not evaluated: {cause}",)


def test_the_remedies() -> None:
    verdict = judged(CHECK, SENTENCE, *DNS, *PROVIDER, at(plain="250 Ok"))
    assert (
        "have the server at 192.0.2.25 take mail for its own domains only"
        in verdict.remedies[0].instruction
    )
    assert "takes user@elsewhere.example from this client" in verdict.reasons[0].text


def test_all_forms_that_are_taken_are_named_at_once() -> None:
    verdict = judged(CHECK, SENTENCE, *DNS, *PROVIDER, at(plain="250 Ok", route="250 Ok"))
    [reason] = verdict.reasons
    assert f"takes {PLAIN} and {ROUTE} from this client" in reason.text
