from __future__ import annotations

import pytest

from mailcheck.checks.dkim.dkim_key_is_valid import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.change.loss import told_published
from mailcheck.facts.change.proposed import Proposed, ProposedFact
from mailcheck.facts.dkim.absence import STAND_IN
from mailcheck.facts.dns import told
from mailcheck.testing import ending, judged, run_examples
from mailcheck.verdict import Verdict
from tests import dkim_keys as keys

NAME = "s1._domainkey.example.com"
SENTENCE = "DKIM key s1 of example.com is valid"
ELSEWHERE = (
    "s1.example.com",
    "_domainkey.example.com",
    "s1.domainkey.example.com",
    "example.com",
    f"{NAME}.example.com",
)


def of(record: str, *more: tuple[str, str]) -> Verdict:
    """Judge the key of s1 with *record* at its name, and nothing else but *more*."""
    answers = {NAME: record, **dict.fromkeys(ELSEWHERE, "NXDOMAIN"), **dict(more)}
    return judged(CHECK, SENTENCE, *(told(f"{name} TXT", said) for name, said in answers.items()))


def of_text(text: str) -> Verdict:
    return of(keys.strings(text))


def advised(verdict: Verdict) -> list[str]:
    return [advice.tag for advice in verdict.advice]


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        pytest.param(f"v=DKIM1; k=rsa; p={keys.p()}", [], id="as signers write it"),
        pytest.param(f"v=DKIM1; k=rsa; p={keys.p(4096)};", [], id="three strings"),
        pytest.param(f"v = DKIM1 ; p = {keys.p()[:9]} {keys.p()[9:]}", [], id="spaces"),
        pytest.param(f"k=rsa; t=s; p={keys.p()}", ["missing-version"], id="no version"),
        pytest.param(f"v=DKIM1; p={keys.p(1024)}", ["short-key"], id="1024 bits"),
        pytest.param(f"v=DKIM1; p={keys.p(8192)}", ["long-key"], id="8192 bits"),
        pytest.param(f"v=DKIM1; p={keys.p(2048, 3)}", ["unusual-exponent"], id="exponent 3"),
        pytest.param(f"v=DKIM1; p={keys.bare()}", ["bare-key"], id="RSAPublicKey"),
        pytest.param(f"v=DKIM1; t=y; p={keys.p()}", ["test-mode"], id="test mode"),
        pytest.param(f"v=DKIM1; h=sha1:sha256; p={keys.p()}", ["sha1-listed"], id="SHA-1 too"),
        pytest.param(f"v=DKIM1; h=SHA256; p={keys.p()}", ["value-case"], id="capitals"),
        pytest.param(f"v=DKIM1; g=; p={keys.p()}", ["removed-tag"], id="g"),
        pytest.param(f"v=DKIM1; q=dns; p={keys.p()}", ["unknown-tag"], id="an unknown tag"),
        pytest.param(f"v=DKIM1; s=email:other; t=x; p={keys.p()}", [], id="unknown words"),
        pytest.param(f"v=DKIM1; p={keys.p()}; ", ["space-at-end"], id="space at the end"),
        pytest.param(
            f"v=DKIM1; k=ed25519; p={keys.ED25519[:-1]}",
            ["padding", "ed25519-alone"],
            id="Ed25519 without padding",
        ),
    ],
)
def test_valid_keys_and_what_could_be_better(text: str, tags: list[str]) -> None:
    verdict = of_text(text)
    assert verdict.tags == ()
    assert advised(verdict) == tags


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        pytest.param("v=spf1 -all", "not-a-record", id="a wildcard's SPF"),
        pytest.param(f'"v=DKIM1; k=rsa; p={keys.p()}"', "zone-file-syntax", id="quoted twice"),
        pytest.param(f"v=DKIM1; k; p={keys.p()}", "syntax-error", id="no equals sign"),
        pytest.param(f"v=DKIM1; p={keys.p()}; p={keys.p()}", "duplicate-tag", id="p twice"),
        pytest.param(f"v=DKIM2; p={keys.p()}", "wrong-version", id="another version"),
        pytest.param(f"p={keys.p()}; v=DKIM1", "version-not-first", id="version behind"),
        pytest.param("v=DKIM1; k=rsa", "no-public-key", id="no key"),
        pytest.param(f"v=DKIM1; t=; p={keys.p()}", "invalid-value", id="empty flags"),
        pytest.param(f"v=DKIM1; k=ecdsa; p={keys.p()}", "unknown-key-type", id="ECDSA"),
        pytest.param(f"v=DKIM1; h=sha1; p={keys.p()}", "no-sha256", id="SHA-1 only"),
        pytest.param(f"v=DKIM1; s=tlsrpt; p={keys.p()}", "not-for-email", id="for reports"),
        pytest.param(f"v=DKIM1; p={keys.p()}%", "invalid-base64", id="no base64"),
        pytest.param(f"v=DKIM1; p={keys.p()}"[:255], "key-cut-off", id="one string of a key"),
        pytest.param(f"v=DKIM1; k=rsa; p={keys.ED25519}", "invalid-key", id="Ed25519 as RSA"),
        pytest.param(
            f"v=DKIM1; p={keys.in_base64(keys.private_rsa())}", "private-key", id="the private key"
        ),
        pytest.param(f"v=DKIM1; p={keys.p(768)}", "weak-key", id="768 bits"),
        pytest.param("v=DKIM1; p=", "revoked", id="revoked"),
    ],
)
def test_keys_that_are_not_valid(text: str, tag: str) -> None:
    assert of_text(text).tags == (tag,)


def test_a_pem_file_that_was_pasted() -> None:
    verdict = of_text(f"v=DKIM1; k=rsa; p={keys.pem().replace(chr(10), ' ').strip()}")
    assert verdict.tags == ("invalid-base64",)
    [record] = verdict.remedies[0].publish
    assert record.replace('" "', "").endswith(f'"v=DKIM1; k=rsa; p={keys.p()}"')


@pytest.mark.parametrize(
    "records",
    [
        pytest.param(f'"v=DKIM1; p={keys.ED25519}" | "v=DKIM1; p="', id="two keys"),
        pytest.param('"v=DKIM1; p=" | "v=spf1 -all"', id="a key and SPF"),
        pytest.param('"v=spf1 -all" | "x" | ...', id="and more than are read"),
    ],
)
def test_several_records(records: str) -> None:
    assert of(records).tags == ("several-records",)


def test_pieces_of_a_key_in_records_of_their_own() -> None:
    text = f"v=DKIM1; p={keys.p()}"
    verdict = of(f'"{text[:250]}" | "{text[250:]}"')
    assert "pieces of one key" in verdict.reasons[0].text
    assert keys.p() in verdict.remedies[0].publish[0].replace('" "', "")


def test_one_record_of_maybe_more() -> None:
    assert of('"v=DKIM1; p=" | ...').cause == "too-many-records"


@pytest.mark.parametrize("at", ELSEWHERE)
def test_a_record_where_nobody_looks(at: str) -> None:
    text = keys.strings(f"v=DKIM1; p={keys.p()}")
    verdict = of("NXDOMAIN", (at, f'{text} | "v=spf1 -all"'))
    assert verdict.tags == ("wrong-place",)
    [record] = verdict.remedies[0].publish
    assert record.startswith(f"{NAME}. ")
    assert record.replace('" "', "").endswith(f'p={keys.p()}"')


@pytest.mark.parametrize("said", ["NODATA", "NXDOMAIN", "-> gone.esp.example | NXDOMAIN"])
def test_no_record(said: str) -> None:
    verdict = of(said, (ELSEWHERE[0], "TIMEOUT"), (ELSEWHERE[3], '"v=DMARC1; p=none"'))
    assert verdict.tags == ("no-record",)
    assert ("alias of gone.esp.example" in verdict.reasons[0].text) == ("->" in said)


def test_a_domain_that_its_registry_denies() -> None:
    denied = told(f"{NAME} TXT", "NXDOMAIN", denier="com")
    verdict = judged(CHECK, SENTENCE, denied)
    assert "mistyped, expired or on hold" in verdict.reasons[0].text


def test_a_zone_that_is_refused() -> None:
    assert of("REFUSED-BY-AUTHORITY").tags == ("refused-by-authority",)


def test_the_chain_of_aliases_is_shown() -> None:
    verdict = of('-> a.esp.example | -> b.esp.example | "v=DKIM1; p=x"')
    assert "alias of a.esp.example → b.esp.example" in verdict.reasons[0].text
    assert "by whoever keeps it" in verdict.remedies[0].instruction


def with_beside(own: str, beside: str | None) -> Verdict:
    """The verdict where the sentence names the selector r1, which has the record *beside*."""
    known = () if beside is None else (told("r1._domainkey.example.com TXT", beside),)
    return judged(CHECK, f"{SENTENCE}: {{beside: r1}}", told(f"{NAME} TXT", own), *known)


ED25519 = f'"v=DKIM1; k=ed25519; p={keys.ED25519}"'


@pytest.mark.parametrize(
    ("beside", "ends"),
    [
        pytest.param(keys.strings(f"v=DKIM1; p={keys.p()}"), "met", id="a valid RSA key"),
        pytest.param(f'"v=DKIM1; p={keys.p(512)}"', "no-rsa-beside", id="a weak one"),
        pytest.param('"v=DKIM1; p="', "no-rsa-beside", id="a revoked one"),
        pytest.param(ED25519, "no-rsa-beside", id="another Ed25519 key"),
        pytest.param("NODATA", "no-rsa-beside", id="no record"),
        pytest.param("NXDOMAIN", "no-rsa-beside", id="no such name"),
        pytest.param('"v=DKIM1; p=" | "x"', "no-rsa-beside", id="two records"),
        pytest.param("REFUSED-BY-AUTHORITY", "no-rsa-beside", id="nobody answers for it"),
        pytest.param(None, "inconclusive: not-told", id="unknown"),
    ],
)
def test_an_ed25519_key_and_the_one_beside_it(beside: str | None, ends: str) -> None:
    verdict = with_beside(ED25519, beside)
    assert (ending(verdict), advised(verdict)) == ((ends,), [])


def test_what_is_wrong_beside_is_said() -> None:
    [reason], [remedy] = (found := with_beside(ED25519, "NODATA")).reasons, found.remedies
    assert "r1._domainkey.example.com has no TXT record" in reason.text
    assert "mailcheck check 'DKIM key r1 of example.com is valid'" in remedy.instruction


def test_both_keys_are_judged() -> None:
    assert ending(with_beside("NODATA", "NODATA")) == ("no-record", "no-rsa-beside")
    assert ending(with_beside("TIMEOUT", "NODATA")) == ("no-rsa-beside",)
    assert ending(with_beside(keys.strings(f"v=DKIM1; p={keys.p()}"), ED25519)) == (
        "no-rsa-beside",
    )


def test_an_ed25519_key_whose_partner_is_not_named() -> None:
    verdict = of(ED25519)
    assert (verdict.kind, advised(verdict)) == ("met", ["ed25519-alone"])


def in_strings(*strings: str) -> str:
    return " ".join(f'"{string}"' for string in strings)


WHOLE = f"v=DKIM1; k=rsa; p={keys.p()}"
FIRST, SECOND = WHOLE[:255], WHOLE[255:]
HEAD, TAIL = WHOLE[:200], WHOLE[200:]


def pasted(verdict: Verdict) -> Verdict:
    """The verdict once the record that the remedy publishes is there."""
    [record] = {line for remedy in verdict.remedies for line in remedy.publish}
    return of(record.partition(" TXT ")[2].strip())


@pytest.mark.parametrize(
    ("record", "tag", "says"),
    [
        pytest.param(
            in_strings(FIRST, f"v=DKIM1; k=rsa; p={SECOND}"), "duplicate-tag",
            "has 2 strings, which are read as one, and number 2 begins anew", id="the whole form",
        ),
        pytest.param(
            in_strings(FIRST, FIRST, SECOND), "duplicate-tag", "number 2 begins anew",
            id="the first string twice",
        ),
        pytest.param(
            in_strings(FIRST, f"p={SECOND}"), "invalid-base64", "number 2 begins anew",
            id="the tag alone",
        ),
        pytest.param(
            in_strings(HEAD.replace("; k", r"\226\128\139; k"), TAIL),
            "syntax-error", "has U+200B (zero width space) in v=DKIM1", id="with something invisible",
        ),
        pytest.param(
            f"{in_strings(FIRST)} | {in_strings(f'v=DKIM1; p={SECOND}')}", "several-records",
            "2 TXT records, pieces of one key", id="in records of their own, each with a version",
        ),
        pytest.param(
            in_strings(HEAD.replace("p=", 'p=\\"'), TAIL + '\\"'), "zone-file-syntax",
            "has quotation marks or backslashes in it", id="p alone in quotation marks",
        ),
        pytest.param(
            in_strings(HEAD, r"\" \"" + TAIL), "zone-file-syntax",
            "has quotation marks or backslashes in it", id="the break between strings in the text",
        ),
        pytest.param(
            in_strings(HEAD.replace("; ", r";\194\160"), TAIL), "syntax-error",
            "has U+00A0 (no-break space) in k=rsa", id="a no-break space",
        ),
        pytest.param(
            in_strings(HEAD.replace("; ", r";\010"), TAIL), "syntax-error",
            "has U+000A (line feed) in k=rsa", id="line feeds",
        ),
        pytest.param(
            in_strings(HEAD.replace(";", ","), TAIL), "wrong-version", "", id="commas",
        ),
        pytest.param(
            in_strings(HEAD.replace("p=", "p:"), TAIL), "syntax-error", "p:", id="a colon",
        ),
        pytest.param(
            in_strings(HEAD, TAIL + "."), "invalid-base64", ". is no character of it", id="a dot",
        ),
        pytest.param(
            in_strings(HEAD.replace("k=rsa", "k=rsa2048"), TAIL), "unknown-key-type", "rsa2048",
            id="a type with a size",
        ),
    ],
)  # fmt: skip
def test_a_key_that_is_whole_is_published_again(record: str, tag: str, says: str) -> None:
    verdict = of(record)
    assert (verdict.tags[0], says in verdict.reasons[0].text) == (tag, True)
    assert ending(pasted(verdict)) == ("met",)


@pytest.mark.parametrize(
    ("record", "says"),
    [
        pytest.param(
            in_strings(FIRST), "are missing at the end; the record stops at 255 octets", id="one string"
        ),
        pytest.param(
            in_strings(FIRST[:-9]), "are missing at the end", id="one string that is shorter"
        ),
        pytest.param(
            in_strings(FIRST, SECOND[:40]), "missing, in the 2 strings of the record together",
            id="two, of which the second is cut",
        ),
        pytest.param(
            in_strings(FIRST[:200], SECOND), "missing, in the 2 strings of the record together",
            id="two, of which the first is cut",
        ),
        pytest.param(
            in_strings(FIRST.replace("+", " "), SECOND.replace("+", " ")),
            "p has spaces in it (7), where + may have been", id="a form that took + for a space",
        ),
    ],
)  # fmt: skip
def test_a_key_that_is_cut_off(record: str, says: str) -> None:
    [reason], [remedy] = (found := of(record)).reasons, found.remedies
    assert (reason.tag, says in reason.text, remedy.publish) == ("key-cut-off", True, ())


def test_a_key_of_a_service_is_not_put_together_from_two_whole_ones() -> None:
    other = f"v=DKIM1; k=rsa; p={keys.p(1024)}"
    [remedy] = of(f"{in_strings(FIRST, SECOND)} | {in_strings(other)}").remedies
    assert remedy.publish == ()


def test_a_dmarc_record_of_a_wildcard_is_no_key_record() -> None:
    assert ending(of('"v=DMARC1; p=none"')) == ("not-a-record",)


@pytest.mark.parametrize(
    ("live", "lines"),
    [
        pytest.param(
            f'-> s1.esp.example | "v=DKIM1; p={keys.p(1024)}"',
            (f"{NAME}.  3600  IN  CNAME  s1.esp.example.",), id="an alias, and not what it leads to",
        ),
        pytest.param(
            ED25519, (f"{NAME}.  3600  IN  TXT  {ED25519}",), id="the record with its key"
        ),
        pytest.param('"v=DKIM1; p="', None, id="a revoked key is not missed"),
    ],
)  # fmt: skip
def test_what_a_change_takes_away_comes_back(live: str, lines: tuple[str, ...] | None) -> None:
    answers = {NAME: "NXDOMAIN", **dict.fromkeys(ELSEWHERE, "NXDOMAIN")}
    gone = (told(f"{name} TXT", said) for name, said in answers.items())
    change = (Proposed(NAME), ProposedFact("example.com.zone"))
    verdict = judged(CHECK, SENTENCE, *gone, change, told_published(f"{NAME} TXT", live))
    [remedy] = verdict.remedies
    assert verdict.tags == ("no-record",)
    assert remedy.publish == (lines or (f'{NAME}.  3600  IN  TXT  "{STAND_IN}"',))


def test_a_record_that_a_change_puts_elsewhere_is_found_there() -> None:
    answers = {NAME: "NXDOMAIN", **dict.fromkeys(ELSEWHERE, "NXDOMAIN"), ELSEWHERE[0]: ED25519}
    after = (told(f"{name} TXT", said) for name, said in answers.items())
    change = (Proposed(NAME), ProposedFact("example.com.zone"))
    verdict = judged(CHECK, SENTENCE, *after, change, told_published(f"{NAME} TXT", ED25519))
    assert verdict.tags == ("wrong-place",)


def test_a_name_that_is_too_long_has_no_record_and_gets_none() -> None:
    long = ".".join("a" * 62 for _ in range(4))
    verdict = judged(CHECK, f"DKIM key s1 of {long} is valid")
    [reason], [remedy] = verdict.reasons, verdict.remedies
    assert (reason.tag, "no name has more than 253" in reason.text) == ("no-record", True)
    assert (remedy.publish, "a shorter selector" in remedy.instruction) == ((), True)


def test_the_name_of_the_record_is_no_domain() -> None:
    with pytest.raises(SourceError, match=r"write example\.com"):
        judged(CHECK, "DKIM key s1 of s1._domainkey.example.com is valid")


def test_a_name_that_lacks_its_last_dot_is_in_the_zone_and_not_below_the_domain() -> None:
    name = "s1._domainkey.shop.example.com"
    there = told(f"{name}.example.com TXT", ED25519)
    denied = told(f"{name} TXT", "NXDOMAIN", denier="example.com")
    verdict = judged(CHECK, "DKIM key s1 of shop.example.com is valid", denied, there)
    assert verdict.tags == ("wrong-place",)
    assert verdict.reasons[0].about == f"{name}.example.com"


def test_nothing_is_advised_of_what_quotation_marks_hide() -> None:
    verdict = of(keys.strings(rf"\"v=DKIM1; k=rsa; p={keys.p()}\""))
    assert verdict.tags == ("zone-file-syntax",)
    assert verdict.advice == ()


def test_a_record_that_an_alias_led_to_comes_back_there() -> None:
    target = "key.example.com"
    gone = [told(f"{name} TXT", "NXDOMAIN") for name in ELSEWHERE]
    change = [(Proposed(name), ProposedFact("example.com.zone")) for name in (NAME, target)]
    live = [
        told_published(f"{NAME} TXT", f"-> {target} | {ED25519}"),
        told_published(f"{target} TXT", ED25519),
    ]
    led = told(f"{NAME} TXT", f"-> {target} | NXDOMAIN")
    [remedy] = judged(CHECK, SENTENCE, led, *gone, *change, *live).remedies
    assert remedy.publish == (f"{target}.  3600  IN  TXT  {ED25519}",)
