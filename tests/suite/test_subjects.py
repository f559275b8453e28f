"""``for``: its forms, and how subjects multiply."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.errors import Place
from mailcheck.source.nodes import Scalar
from mailcheck.suite.subjects import Subjects

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.suite.conftest import Load

HERE = Place("x.yml", 1)


def titles(load: Load, text: str) -> list[str]:
    return [requirement.title for requirement in load("mailcheck: 1\n" + text).requirements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "for: {domain: a.example}\nchecks: [domain has MX]\n",
            ["domain a.example has MX"],
            id="scalar",
        ),
        pytest.param(
            "for: {domain: [a.example, b.example]}\nchecks: [domain has MX]\n",
            ["domain a.example has MX", "domain b.example has MX"],
            id="list",
        ),
        pytest.param(
            "for: {domain: [a.example, b.example], ip: [192.0.2.1, 192.0.2.2]}\n"
            "checks: [domain has MX, IP has PTR]\n",
            [
                "domain a.example has MX",
                "domain b.example has MX",
                "IP 192.0.2.1 has PTR",
                "IP 192.0.2.2 has PTR",
            ],
            id="a-sentence-sees-only-the-subjects-it-uses",
        ),
        pytest.param(
            "for: {domain: [a.example, b.example], ip: [192.0.2.1, 192.0.2.2]}\n"
            "checks: ['TXT of {domain} includes ip4:{ip}']\n",
            [
                "TXT of a.example includes ip4:192.0.2.1",
                "TXT of a.example includes ip4:192.0.2.2",
                "TXT of b.example includes ip4:192.0.2.1",
                "TXT of b.example includes ip4:192.0.2.2",
            ],
            id="lists-multiply",
        ),
        pytest.param(
            "for:\n  - {domain: a.example, ip: 192.0.2.1}\n  - {domain: a.example, ip: 192.0.2.2}\n"
            "checks: [domain has MX, 'TXT includes ip4:{ip}']\n",
            [
                "domain a.example has MX",
                "TXT of a.example includes ip4:192.0.2.1",
                "TXT of a.example includes ip4:192.0.2.2",
            ],
            id="subjects-that-belong-together-do-not-multiply",
        ),
        pytest.param(
            "for:\n  - {domain: a.example, ip: [192.0.2.1, 192.0.2.2]}\n"
            "  - {domain: b.example, ip: 192.0.2.3}\n"
            "checks: ['TXT includes ip4:{ip}']\n",
            [
                "TXT of a.example includes ip4:192.0.2.1",
                "TXT of a.example includes ip4:192.0.2.2",
                "TXT of b.example includes ip4:192.0.2.3",
            ],
            id="a-list-within-an-item-multiplies-there-only",
        ),
        pytest.param(
            "for: {domain: [a.example, a.example]}\nchecks: [domain has MX]\n",
            ["domain a.example has MX"],
            id="written-twice-runs-once",
        ),
        pytest.param(
            "for: {domain: {file: domains.txt}}\nchecks: [domain has MX]\n",
            ["domain a.example has MX", "domain b.example has MX"],
            id="lines-of-a-file",
        ),
        pytest.param(
            "for: {file: senders.csv}\nchecks: [EHLO name resolves, 'TXT of {ehlo} includes {ip}']\n",
            [
                "EHLO name a.example resolves",
                "EHLO name b.example resolves",
                "TXT of a.example includes 192.0.2.1",
                "TXT of b.example includes 192.0.2.2",
            ],
            id="rows-of-a-table",
        ),
        pytest.param(
            "for: {file: senders.csv, domain: [c.example, d.example]}\n"
            "checks: ['TXT includes {ip}']\n",
            [
                "TXT of c.example includes 192.0.2.1",
                "TXT of d.example includes 192.0.2.1",
                "TXT of c.example includes 192.0.2.2",
                "TXT of d.example includes 192.0.2.2",
            ],
            id="a-table-and-a-list-multiply",
        ),
        pytest.param(
            "for: {host: h.example, domain: d.example}\n"
            "checks: [SMTP port 25 accepts, resolvers agree on MX]\n",
            ["SMTP port 25 of h.example accepts", "resolvers agree on MX of h.example"],
            id="of-several-subjects-the-first-one-fills",
        ),
        pytest.param(
            "for: {domain: d.example}\nchecks: [SMTP port 25 accepts, resolvers agree on MX]\n",
            ["SMTP port 25 accepts [domain=d.example]", "resolvers agree on MX of d.example"],
            id="a-further-fallback",
        ),
        pytest.param(
            "for: {domain: d.example}\nchecks: [SMTP port 25 of h.example accepts]\n",
            ["SMTP port 25 of h.example accepts"],
            id="a-slot-that-is-filled-leaves-its-fallback-empty",
        ),
        pytest.param(
            "for: {ip: 192.0.2.1, list: [a.example, b.example]}\nchecks: ['not on {list}']\n",
            ["IP 192.0.2.1 is not on a.example", "IP 192.0.2.1 is not on b.example"],
            id="any-slot-may-be-a-subject",
        ),
        pytest.param(
            'for: {ehlo: "[203.0.113.25]"}\nchecks: [EHLO name resolves]\n',
            ["EHLO name 203.0.113.25 resolves"],
            id="quoted-address-literal",
        ),
    ],
)
@pytest.mark.usefixtures("files")
def test_a_sentence_runs_once_for_each_combination_it_uses(
    load: Load, text: str, expected: list[str]
) -> None:
    assert expected == titles(load, text)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(
            "a.example",
            "x.yml:2:6: for is a text; expected subjects, such as domain: example.com below it",
            id="text",
        ),
        pytest.param(
            "{}", "x.yml:2:6: for names no subject; leave it out, or name one", id="empty"
        ),
        pytest.param(
            "[]", "x.yml:2:6: for is an empty list; expected at least one item", id="no-items"
        ),
        pytest.param(
            "[a.example]",
            "x.yml:2:7: an item of for is a text; expected a mapping (key: value)",
            id="list-of-texts",
        ),
        pytest.param(
            "{domain: []}",
            "x.yml:2:15: domain is an empty list; expected at least one item",
            id="empty-list",
        ),
        pytest.param("{domain: }", "x.yml:2:15: domain is nothing; expected a text", id="nothing"),
        pytest.param(
            "{domain: {}}",
            "x.yml:2:15: domain is an empty mapping; expected file: NAME",
            id="no-file",
        ),
        pytest.param(
            "{domain: {path: a.txt}}",
            'x.yml:2:16: unknown key "path" in domain; known: file',
            id="no-such-key",
        ),
        pytest.param(
            "{adress: a}",
            'x.yml:2:7: unknown subject "adress" in for; known: domain, ip, list, ehlo, port, host, file',
            id="unknown",
        ),
        pytest.param(
            "{ehlo: [203.0.113.25]}",
            "x.yml:2:13: [203.0.113.25] is a list to YAML, not an address literal;"
            ' write it in quotes:\nehlo: "[203.0.113.25]"',
            id="lost-address-literal",
        ),
        pytest.param(
            "{ehlo: [IPv6:2001:db8::1]}",
            "x.yml:2:13: [IPv6:2001:db8::1] is a list to YAML, not an address literal;"
            ' write it in quotes:\nehlo: "[IPv6:2001:db8::1]"',
            id="lost-ipv6-literal",
        ),
        pytest.param(
            '{ehlo: "mail.{domain}"}',
            "x.yml:2:13: a subject names another one, {domain};"
            " write it out; sentences may combine subjects",
            id="subject-of-a-subject",
        ),
        pytest.param(
            '{ehlo: "${env:HOME}"}',
            "x.yml:2:13: a secret stands among the subjects;"
            " secrets are options of the checks that take them",
            id="secret",
        ),
        pytest.param(
            "{file: senders.csv, ip: 192.0.2.9}",
            "x.yml:2:26: ip is given twice; the first one is in line 2; keep one of them",
            id="in-the-table-and-beside-it",
        ),
    ],
)
@pytest.mark.usefixtures("files")
def test_a_for_that_is_wrong(
    problems_of: Callable[[str], list[str]], value: str, expected: str
) -> None:
    assert problems_of(f"mailcheck: 1\nfor: {value}\nchecks: [domain has MX]\n") == [expected]


def test_a_wrong_subject_is_said_once_and_where_it_stands(
    problems_of: Callable[[str], list[str]],
) -> None:
    text = "mailcheck: 1\nfor: {ip: 203.0.113.256}\nchecks: [IP has PTR, not on a, not on b]\n"
    assert problems_of(text) == [
        (
            "x.yml:2:11: ip: '203.0.113.256' is not an IP address;"
            " expected an IP address such as 203.0.113.25"
        )
    ]


def test_an_item_that_lacks_a_subject_is_named(problems_of: Callable[[str], list[str]]) -> None:
    text = """\
mailcheck: 1
for:
  - {domain: a.example, ip: 192.0.2.1}
  - {domain: b.example}
checks:
  - domain has MX
  - IP has PTR
"""
    assert problems_of(text) == [
        'x.yml:4:14: this item of for has no ip; "IP has PTR" in line 7 needs one'
    ]


@given(
    st.dictionaries(
        st.sampled_from("abcd"),
        st.lists(st.sampled_from("xyz"), min_size=1, max_size=4),
        max_size=4,
    ),
    st.frozensets(st.sampled_from("abcd")),
)
def test_lists_multiply_over_their_distinct_values(
    lists: dict[str, list[str]], wanted: frozenset[str]
) -> None:
    subjects = Subjects(
        tuple(tuple({key: Scalar(v, HERE)} for v in values) for key, values in lists.items())
    )
    used = [key for key in lists if key in wanted]
    expected = [*product(*(dict.fromkeys(lists[key]) for key in used))]
    found = [tuple(row[key].text for key in used) for row in subjects.combinations(wanted)]
    assert expected == found
    assert len(expected) == subjects.count(wanted)
