"""What an administrator reads who wrote a suite that cannot be read.

Every table row is a suite's ``checks`` and the one thing that is said about it, word for word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        pytest.param(
            "domain example.com has MXs",
            'x.yml:3:5: no check reads "domain example.com has MXs";'
            ' did you mean "domain example.com has MX"?',
            id="one-letter-too-many",
        ),
        pytest.param(
            "domian example.com has a MX",
            'x.yml:3:5: no check reads "domian example.com has a MX";'
            ' did you mean "domain example.com has MX"?',
            id="mistyped-and-one-word-too-many",
        ),
        pytest.param(
            "smtp port 25 from mx.example.com accepts",
            'x.yml:3:5: no check reads "smtp port 25 from mx.example.com accepts";'
            ' did you mean "SMTP port 25 of mx.example.com accepts"?',
            id="wrong-preposition",
        ),
        pytest.param(
            "mail is delivered",
            'x.yml:3:5: no check reads "mail is delivered"; `mailcheck list` shows every sentence',
            id="nothing-like-it",
        ),
        pytest.param(
            "domain has MX",
            'x.yml:3:5: "domain has MX" does not say which domain;'
            ' say it in the sentence ("domain {domain} has MX") or in for (domain:)',
            id="no-subject",
        ),
        pytest.param(
            "SMTP port 25 accepts",
            'x.yml:3:5: "SMTP port 25 accepts" does not say which host;'
            ' say it in the sentence ("SMTP port {port} of {host} accepts")'
            " or in for (host: or domain:)",
            id="no-subject-of-several",
        ),
        pytest.param(
            "TXT includes abc",
            'x.yml:3:5: "TXT includes abc" does not say which name;'
            ' say it in the sentence ("TXT of {name} includes {text}") or in for (domain:)',
            id="no-subject-under-another-name",
        ),
        pytest.param(
            "TXT of {domain} includes abc",
            "x.yml:3:5: {domain} names no subject of this block; add domain: to for",
            id="placeholder-without-subject",
        ),
        pytest.param(
            "TXT of _dmarc.{domian} includes abc",
            'x.yml:3:5: {domian} names no subject of this block; did you mean "domain"?',
            id="mistyped-placeholder",
        ),
        pytest.param(
            "IP mail.example.com has PTR",
            "x.yml:3:5: ip: 'mail.example.com' is not an IP address;"
            " expected an IP address such as 203.0.113.25",
            id="a-name-for-an-address",
        ),
        pytest.param(
            "domain 203.0.113.25 has MX",
            "x.yml:3:5: domain: '203.0.113.25' is an IP address, not a name;"
            " expected a domain name such as example.com",
            id="an-address-for-a-name",
        ),
        pytest.param(
            f"domain {'x' * 300}.example has MX",
            "x.yml:3:5: domain: a name of 308 characters is longer than 253;"
            " expected a domain name such as example.com",
            id="a-name-of-300-octets",
        ),
        pytest.param(
            "SMTP port 99999 of mx.example.com accepts",
            "x.yml:3:5: port: '99999' is not a port from 1 to 65535",
            id="port",
        ),
        pytest.param(
            "TXT of example.com includes v=spf1 -all",
            'x.yml:3:5: no check reads "TXT of example.com includes v=spf1 -all";'
            ' did you mean "TXT of example.com includes "v=spf1 -all""?',
            id="text-without-quotes",
        ),
        pytest.param(
            "'TXT of example.com includes \"v=spf1 -all'",
            "x.yml:3:5: a double quote is not closed;"
            ' write a text in double quotes, as in "v=spf1 -all"',
            id="open-quote",
        ),
        pytest.param(
            "domain example.com has MX,",
            "x.yml:3:5: nothing follows the last comma;"
            ' write a text in double quotes, as in "v=spf1 -all"',
            id="comma-at-the-end",
        ),
        pytest.param(
            'TXT of example.com includes "a #b"',
            "x.yml:3:5: YAML takes everything from '#b\"' on for a comment;"
            " write the sentence in quotes:\n  - 'TXT of example.com includes \"a #b\"'",
            id="comment-in-quotes",
        ),
        pytest.param(
            'TXT of example.com includes "a #b": {severity: advised}',
            "x.yml:3:5: YAML takes everything from '#b\":' on for a comment;"
            " write the sentence in quotes:\n"
            "  - 'TXT of example.com includes \"a #b\"': {severity: advised}",
            id="comment-in-quotes-before-options",
        ),
        pytest.param(
            'TXT of example.com includes "v=a: b"',
            "x.yml:3:5: a colon before a space ends the sentence after"
            ' "TXT of example.com includes "v=a"; write it in quotes:\n'
            "  - 'TXT of example.com includes \"v=a: b\"'",
            id="colon-in-quotes",
        ),
        pytest.param(
            "IP 2001:db8:: has PTR",
            'x.yml:3:5: a colon before a space ends the sentence after "IP 2001:db8:";'
            " write it in quotes:\n  - 'IP 2001:db8:: has PTR'",
            id="two-colons-at-the-end-of-an-address",
        ),
        pytest.param(
            "domain example.com has MX:",
            'x.yml:3:5: no options follow the colon after "domain example.com has MX";'
            " write the sentence alone, or options below it:\n  - domain example.com has MX",
            id="colon-and-no-options",
        ),
        pytest.param(
            "domain example.com has MX: {}",
            'x.yml:3:32: "domain example.com has MX" has no options in its braces;'
            " write the sentence alone, or options below it:\n  - domain example.com has MX",
            id="empty-braces",
        ),
        pytest.param(
            "domain example.com has MX: [a]",
            'x.yml:3:32: a list follows "domain example.com has MX"; expected options (key: value)',
            id="list-for-options",
        ),
        pytest.param(
            "domain example.com has MX:\n    at_least: 2",
            'x.yml:4:5: "at_least" stands beside the sentence "domain example.com has MX";'
            " options stand below their sentence, indented further:\n"
            "  - domain example.com has MX:\n      at_least: 2",
            id="options-beside-their-sentence",
        ),
        pytest.param(
            "[a]", "x.yml:3:5: an item of checks is a list; expected a sentence", id="list"
        ),
        pytest.param("", "x.yml:3:4: an item of checks is empty; expected a sentence", id="dash"),
        pytest.param(
            "{}", "x.yml:3:5: an item of checks is empty; expected a sentence", id="braces"
        ),
        pytest.param(
            "domain example.com has MX: {at_lest: 2}",
            'x.yml:3:33: "domain example.com has MX" has no option "at_lest";'
            ' did you mean "at_least"?',
            id="unknown-option",
        ),
        pytest.param(
            "domain example.com has MX: {domain: example.org}",
            "x.yml:3:33: domain is given twice, in the sentence and as an option; keep one of them",
            id="slot-given-twice",
        ),
        pytest.param(
            "TXT of example.com includes: {text: v=spf1}",
            'x.yml:3:5: no check reads "TXT of example.com includes";'
            ' did you mean "TXT of example.com includes {text}"? {text} stands for the option',
            id="slot-that-the-sentence-has-no-place-for",
        ),
        pytest.param(
            "TXT includes: {text: v=spf1, name: example.com}",
            'x.yml:3:5: no check reads "TXT includes";'
            ' did you mean "TXT includes {text}"? {text} stands for the option',
            id="slots-of-which-one-needs-a-place",
        ),
        pytest.param(
            "SMTP port accepts: {port: 25, host: mx.example.com}",
            'x.yml:3:5: no check reads "SMTP port accepts";'
            ' did you mean "SMTP port {port} accepts"? {port} stands for the option',
            id="slot-in-the-middle",
        ),
        pytest.param(
            "TXT of example.com includes {text}",
            "x.yml:3:5: {text} names no subject of this block;"
            " write the text itself, or give it as an option (text:)",
            id="slot-nobody-gives",
        ),
        pytest.param(
            "TXT of example.com includes {text}a: {text: v=spf1}",
            "x.yml:3:43: text is given twice, in the sentence and as an option; keep one of them",
            id="more-than-the-slot",
        ),
        pytest.param(
            '"TXT of example.com includes "v=spf1""',
            "x.yml:3:5: the quotes inside this text end it; write single quotes around it:\n"
            "  - 'TXT of example.com includes \"v=spf1\"'",
            id="double-quotes-in-double-quotes",
        ),
        pytest.param(
            '"TXT of example.com includes "v=spf1"": {severity: advised}',
            "x.yml:3:5: the quotes inside this text end it; write single quotes around it:\n"
            "  - 'TXT of example.com includes \"v=spf1\"': {severity: advised}",
            id="double-quotes-in-double-quotes-before-options",
        ),
        pytest.param(
            "TXT of example.com includes #abc",
            "x.yml:3:5: YAML takes everything from '#abc' on for a comment;"
            " write the sentence in quotes:\n  - 'TXT of example.com includes #abc'",
            id="comment-in-place-of-a-text",
        ),
        pytest.param(
            "TXT of example.com includes #abc: {severity: advised}",
            "x.yml:3:5: YAML takes everything from '#abc:' on for a comment;"
            " write the sentence in quotes:\n"
            "  - 'TXT of example.com includes #abc': {severity: advised}",
            id="comment-in-place-of-a-text-before-options",
        ),
        pytest.param(
            "domain example.com has MXs # of us",
            'x.yml:3:5: no check reads "domain example.com has MXs";'
            ' did you mean "domain example.com has MX"?',
            id="comment-that-is-one",
        ),
        pytest.param(
            "[domain] has MX",
            'x.yml:3:5: no check reads "[domain] has MX"; did you mean "domain has MX"?',
            id="square-brackets-of-a-template",
        ),
        pytest.param(
            "{domain} has MX",
            'x.yml:3:5: no check reads "{domain} has MX"; did you mean "domain has MX"?',
            id="braces-of-a-template",
        ),
        pytest.param(
            "[IP] has PTR: {severity: advised}",
            'x.yml:3:5: no check reads "[IP] has PTR"; did you mean "IP has PTR"?',
            id="square-brackets-before-options",
        ),
        pytest.param(
            "domain http://example.com has MX",
            "x.yml:3:5: domain: 'http://example.com' is a URL; its domain is example.com;"
            " expected a domain name such as example.com",
            id="a-url-for-a-name",
        ),
        pytest.param(
            "domain example.com has MX: {at_least: two}",
            "x.yml:3:43: at_least: 'two' is not a whole number",
            id="no-number",
        ),
        pytest.param(
            "domain example.com has MX: {at_least: [1, 2]}",
            "x.yml:3:43: at_least is a list; expected a whole number",
            id="list-for-one-value",
        ),
        pytest.param(
            "domain example.com has MX: {at_least: }",
            "x.yml:3:43: at_least is nothing; expected a text",
            id="option-without-value",
        ),
        pytest.param(
            "domain example.com has MX: {at_least: 0}",
            "x.yml:3:5: at_least must be 1 or more",
            id="what-a-check-itself-refuses",
        ),
        pytest.param(
            "EHLO name resolves: {ehlo: [203.0.113.25]}",
            "x.yml:3:32: [203.0.113.25] is a list to YAML, not an address literal;"
            ' write it in quotes:\nehlo: "[203.0.113.25]"',
            id="lost-address-literal",
        ),
        pytest.param(
            "resolvers agree on MX of example.com: {resolvers: [8.8.8.8, google]}",
            "x.yml:3:55: resolvers: 'google' is not an IP address;"
            " expected an IP address such as 203.0.113.25",
            id="list-with-a-wrong-item",
        ),
        pytest.param(
            "resolvers agree on MX of example.com: {resolvers: {a: b}}",
            "x.yml:3:55: resolvers is a mapping (key: value);"
            " expected an IP address such as 203.0.113.25",
            id="mapping-for-a-list",
        ),
        pytest.param(
            "domain example.com has MX: {severity: warning}",
            'x.yml:3:43: severity is "warning"; expected required or advised',
            id="severity",
        ),
        pytest.param(
            "domain example.com has MX: {severity: {nomx: advised}}",
            'x.yml:3:44: severity names "nomx", which is no tag of "domain {domain} has MX";'
            ' did you mean "no-mx"?',
            id="severity-of-an-unknown-tag",
        ),
        pytest.param(
            "domain example.com has MX: {severity: {no-mx: off}}",
            'x.yml:3:51: severity of no-mx is "off"; expected required or advised',
            id="severity-of-a-tag",
        ),
        pytest.param(
            "domain example.com has MX: {severity: {}}",
            "x.yml:3:43: severity is empty; expected TAG: advised or required",
            id="severity-of-nothing",
        ),
        pytest.param(
            "domain example.com has MX: {expect: met}",
            'x.yml:3:41: expect names "met", which is no tag of "domain {domain} has MX";'
            " known: no-mx, null-mx",
            id="expect",
        ),
        pytest.param(
            "domain example.com has MX: {expect: single-mx}",
            'x.yml:3:41: expect names "single-mx", which is no tag of "domain {domain} has MX";'
            ' did you mean "null-mx"?',
            id="expect-of-advice",
        ),
        pytest.param(
            "domain example.com has MX: {waive: {until: 2026-12-31}}",
            "x.yml:3:40: waive has no owner and no reason;"
            " expected all of until: DATE, owner: WHO, reason: WHY",
            id="waiver-without-owner-and-reason",
        ),
        pytest.param(
            "domain example.com has MX: {waive: yes}",
            "x.yml:3:40: waive is a text; expected a mapping (key: value)",
            id="waiver-of-one-word",
        ),
        pytest.param(
            "domain example.com has MX: {waive: {until: 31.12.2026, owner: a, reason: b}}",
            'x.yml:3:48: until is "31.12.2026"; expected a date such as 2026-12-31',
            id="waiver-until",
        ),
        pytest.param(
            "domain example.com has MX: {waive: {until: 20261231, owner: a, reason: b}}",
            'x.yml:3:48: until is "20261231"; expected a date such as 2026-12-31',
            id="waiver-until-without-hyphens",
        ),
        pytest.param(
            "domain example.com has MX:"
            " {expect: no-mx, waive: {until: 2026-12-31, owner: a, reason: b}}",
            "x.yml:3:55: waive and expect exclude each other;"
            " a fault that is expected needs no waiver; keep one of them",
            id="waiver-of-what-is-expected",
        ),
        pytest.param(
            "domain example.com has MX: {tags: [nightly-run]}",
            'x.yml:3:40: tag "nightly-run" cannot be selected with -m;'
            " expected letters, digits and _, beginning with a letter",
            id="tag-with-a-hyphen",
        ),
        pytest.param(
            "domain example.com has MX: {tags: skip}",
            'x.yml:3:39: tag "skip" means something to pytest; choose another word',
            id="tag-of-pytest",
        ),
        pytest.param(
            "domain example.com has MX: {note: [a]}",
            "x.yml:3:39: note is a list; expected a text",
            id="note",
        ),
        pytest.param(
            'IP 192.0.2.1 is not on bl.example: {key: "abc"}',
            "x.yml:3:46: key: a secret is not written in a suite;"
            " expected ${env:NAME}, the name of an environment variable",
            id="secret-in-clear-is-not-repeated",
        ),
        pytest.param(
            'IP 192.0.2.1 is not on bl.example: {key: "${env:HOME}"}',
            "x.yml:3:46: the secret HOME is not among those this project allows;"
            " add HOME to mail_secrets in the ini file",
            id="secret-nobody-allowed",
        ),
        pytest.param(
            "TXT of example.com includes ${env:HOME}",
            "x.yml:3:5: text names a secret, and takes none; expected a text",
            id="secret-in-a-text",
        ),
        pytest.param(
            'domain example.com has MX: {note: "${env:HOME}"}',
            "x.yml:3:39: note names a secret; secrets are options of the checks that take them",
            id="secret-in-a-note",
        ),
    ],
)
def test_an_item_that_is_wrong(
    problems_of: Callable[[str], list[str]], item: str, expected: str
) -> None:
    assert problems_of(f"mailcheck: 1\nchecks:\n  - {item}\n") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "", "x.yml:1:1: the file is empty; expected a suite: mailcheck: 1", id="empty"
        ),
        pytest.param(
            "- a\n", "x.yml:1:1: the suite is a list; expected mailcheck: 1 first", id="list"
        ),
        pytest.param(
            "mailcheck: 2\nchecks: [domain a.example has MX]\n",
            "x.yml:1:12: the suite is written in version 2 of the language;"
            " this mailcheck reads version 1",
            id="version",
        ),
        pytest.param(
            "title: a\nmailcheck: 1\nchecks: [domain a.example has MX]\n",
            'x.yml:1:1: the first key is "title"; expected mailcheck: 1',
            id="key-not-first",
        ),
        pytest.param(
            "checks: [domain a.example has MX]\n",
            "x.yml:1:1: the suite has no mailcheck key; every document begins with mailcheck: 1",
            id="no-version",
        ),
        pytest.param(
            "mailcheck: 1\n",
            "x.yml:1:1: the suite has no checks; expected checks: and sentences",
            id="no-checks",
        ),
        pytest.param(
            "mailcheck: 1\ncheck: [domain a.example has MX]\n",
            'x.yml:2:1: unknown key "check" in the suite; did you mean "checks"?',
            id="checks-under-a-mistyped-key",
        ),
        pytest.param(
            "mailcheck: 1\nfor: {domain: [a.example, b.example}\nchecks: [domain has MX]\n",
            'x.yml:2:15: the "[" that stands here is not closed where it should be;'
            " close it, put commas between its parts, or quote the text",
            id="open-bracket-in-braces",
        ),
        pytest.param(
            "mailcheck: 1\nchecks:\n",
            "x.yml:2:8: checks is nothing; expected a list (- item)",
            id="nothing-in-checks",
        ),
        pytest.param(
            "mailcheck: 1\nchecks: []\n",
            "x.yml:2:9: checks is an empty list; expected at least one item",
            id="zero-checks",
        ),
        pytest.param(
            "mailcheck: 1\ncheks: []\nchecks: [domain a.example has MX]\n",
            'x.yml:2:1: unknown key "cheks" in the suite; did you mean "checks"?',
            id="unknown-key",
        ),
        pytest.param(
            "mailcheck: 1\nchecks: [domain a.example has MX]\n---\n",
            "x.yml:4:1: the document is empty; expected mailcheck: 1 and checks,"
            " or no --- before it",
            id="empty-block",
        ),
        pytest.param(
            "mailcheck: 1\nchecks: [domain a.example has MX]\n---\nchecks: [domain b.example has MX]\n",
            "x.yml:4:1: the suite has no mailcheck key; every document begins with mailcheck: 1",
            id="second-document-without-version",
        ),
        pytest.param(
            "mailcheck: 1\ntitle: ${env:HOME}\nchecks: [domain a.example has MX]\n",
            "x.yml:2:8: the title names a secret; expected a plain text",
            id="secret-in-the-title",
        ),
        pytest.param(
            "mailcheck: 1\ndefaults: {at_least: 2}\nchecks: [domain a.example has MX]\n",
            'x.yml:2:12: unknown key "at_least" in defaults;'
            " known: severity, waive, expect, tags, note",
            id="option-of-a-check-in-defaults",
        ),
        pytest.param(
            "mailcheck: 1\ndefaults: {}\nchecks: [domain a.example has MX]\n",
            "x.yml:2:11: defaults is empty; leave it out, or set an option",
            id="empty-defaults",
        ),
        pytest.param(
            "mailcheck: 1\ndefaults: {severity: {nomx: advised}}\nchecks: [domain a.example has MX]\n",
            'x.yml:2:23: severity names "nomx", which is no tag of "domain {domain} has MX";'
            ' did you mean "no-mx"?',
            id="tag-of-no-check-in-defaults",
        ),
        pytest.param(
            "mailcheck: 1\nchecks:\n  - domain a.example has MX\n  - domain A.example. has  mx\n",
            'x.yml:4:5: "domain a.example has MX" is said already at line 3; keep one of them',
            id="said-twice",
        ),
        pytest.param(
            "mailcheck: 1\nchecks: [domain a.example has MX]\n"
            "---\nmailcheck: 1\nchecks: [domain a.example has MX]\n",
            'x.yml:5:10: "domain a.example has MX" is said already at line 2; keep one of them',
            id="said-twice-in-two-documents",
        ),
        pytest.param(
            "mailcheck: 1\nfor: {domain: a.example}\n"
            "checks: [domain has MX, domain a.example has MX]\n",
            'x.yml:3:25: "domain a.example has MX" is said already at line 3; keep one of them',
            id="said-of-a-subject-and-by-name",
        ),
    ],
)
def test_a_document_that_is_wrong(
    problems_of: Callable[[str], list[str]], text: str, expected: str
) -> None:
    assert problems_of(text) == [expected]


def test_everything_that_is_wrong_is_said_at_once(
    problems_of: Callable[[str], list[str]],
) -> None:
    text = """\
mailcheck: 1
titel: a
for: {domian: a, ehlo: [203.0.113.25]}
defaults: {severity: none}
checks:
  - {domain} has MX
  - IP example.com has PTR
  - domain example.com has MXs
  - domain example.com has MX: {at_least: 2, at_least: 3}
"""
    places = [problem.partition(": ")[0] for problem in problems_of(text)]
    assert places == [
        "x.yml:2:1",
        "x.yml:3:7",
        "x.yml:3:24",
        "x.yml:4:22",
        "x.yml:6:5",
        "x.yml:7:5",
        "x.yml:8:5",
        "x.yml:9:46",
    ]


def test_a_wrong_for_is_not_repeated_by_every_sentence(
    problems_of: Callable[[str], list[str]],
) -> None:
    text = "mailcheck: 1\nfor: {domian: a}\nchecks: [domain has MX, IP has PTR]\n"
    assert problems_of(text) == [
        'x.yml:2:7: unknown subject "domian" in for; did you mean "domain"?'
    ]


def test_ten_thousand_wrong_sentences_are_not_ten_thousand_messages(
    problems_of: Callable[[str], list[str]],
) -> None:
    text = "mailcheck: 1\nchecks:\n" + "".join(
        f"  - domain d{n}.example has MXs\n" for n in range(10_000)
    )
    assert len(problems_of(text)) == 201


def test_lists_that_multiply_beyond_reason_are_refused(
    problems_of: Callable[[str], list[str]],
) -> None:
    many = ", ".join(f"d{n}.example" for n in range(800))
    text = (
        f"mailcheck: 1\nfor: {{domain: [{many}], ehlo: [{many}]}}\n"
        "checks:\n  - TXT of {domain} includes {ehlo}\n"
    )
    assert problems_of(text) == [
        (
            'x.yml:4:5: "TXT of {domain} includes {ehlo}" makes this file more than 500000'
            " requirements; the lists of for multiply; use fewer, or several files"
        )
    ]
