"""YAML's traps: each message shows what to write instead, and that can be read."""

from __future__ import annotations

import pytest

from mailcheck.errors import SourceError
from mailcheck.source.documents import parse_documents


def problem_of(text: str) -> str:
    with pytest.raises(SourceError) as caught:
        parse_documents(text, "x.yml")
    [problem] = caught.value.problems
    return str(problem)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "- {domain} has MX\n",
            'x.yml:1:3: a text that begins with "{" is a mapping to YAML; write it in quotes:\n'
            "- '{domain} has MX'",
            id="brace",
        ),
        pytest.param(
            "- [203.0.113.25] is not on DUL\n",
            'x.yml:1:3: a text that begins with "[" is a list to YAML; write it in quotes:\n'
            "- '[203.0.113.25] is not on DUL'",
            id="bracket",
        ),
        pytest.param(
            "- *.example.com resolves\n",
            'x.yml:1:3: a text that begins with "*" is an alias to YAML; write it in quotes:\n'
            "- '*.example.com resolves'",
            id="star",
        ),
        pytest.param(
            "- & co\n",
            'x.yml:1:3: a text that begins with "&" is an anchor to YAML; write it in quotes:\n'
            "- '& co'",
            id="ampersand",
        ),
        pytest.param(
            "- %{i} resolves\n",
            'x.yml:1:3: a text that begins with "%" is a directive to YAML; write it in quotes:\n'
            "- '%{i} resolves'",
            id="percent",
        ),
        pytest.param(
            "- `dig` works\n",
            'x.yml:1:3: a text that begins with "`" is reserved to YAML; write it in quotes:\n'
            "- '`dig` works'",
            id="backtick",
        ),
        pytest.param(
            "- | has MX\n",
            'x.yml:1:3: a text that begins with "|" is a block of lines to YAML;'
            " write it in quotes:\n- '| has MX'",
            id="bar",
        ),
        pytest.param(
            '- "TXT" of x includes y\n',
            "x.yml:1:3: something stands after the closing quote of this text;"
            " if the quotes are part of the text, write it in quotes once more:\n"
            "- '\"TXT\" of x includes y'",
            id="text-after-quotes",
        ),
        pytest.param(
            '- "TXT of x includes "y z" "a""\n',
            "x.yml:1:3: the quotes inside this text end it; write single quotes around it:\n"
            '- \'TXT of x includes "y z" "a"\'',
            id="quotes-in-quotes",
        ),
        pytest.param(
            '- "TXT of x includes "y"\n',
            "x.yml:1:3: the quotes inside this text end it; write single quotes around it:\n"
            "- 'TXT of x includes \"y\"'",
            id="quotes-in-quotes-that-are-not-closed",
        ),
        pytest.param(
            "for: {domain: [a.example, b.example}\n",
            'x.yml:1:15: the "[" that stands here is not closed where it should be;'
            " close it, put commas between its parts, or quote the text",
            id="open-bracket-in-braces",
        ),
        pytest.param(
            "- {domain: [a.example, {b: c]}\n",
            'x.yml:1:24: the "{" that stands here is not closed where it should be;'
            " close it, put commas between its parts, or quote the text",
            id="open-brace-in-brackets",
        ),
        pytest.param(
            "- [IP] has PTR: {severity: advised}\n",
            'x.yml:1:3: a text that begins with "[" is a list to YAML; write it in quotes:\n'
            "- '[IP] has PTR': {severity: advised}",
            id="bracket-before-options",
        ),
        pytest.param(
            '- "TXT of x\n- b\n',
            "x.yml:1:3: a quote is opened here and never closed; close it at the end of the text",
            id="open-quote",
        ),
        pytest.param(
            "title: Mail: outbound\n",
            "x.yml:1:12: a colon before a space ends the text here; write it in quotes:\n"
            "title: 'Mail: outbound'",
            id="colon",
        ),
        pytest.param(
            "- domain has MX: severity: advised\n",
            "x.yml:1:26: a colon before a space ends the text here; write it in quotes:\n"
            "- 'domain has MX: severity: advised'\n"
            "or, if an option follows, in braces:\n"
            "- domain has MX: {severity: advised}",
            id="option-on-the-same-line",
        ),
        pytest.param(
            "a:\n  b: [c\nd: [e]\n",
            'x.yml:2:6: the "[" that stands here is not closed where it should be;'
            " close it, put commas between its parts, or quote the text",
            id="open-bracket-before-a-good-one",
        ),
        pytest.param(
            '- TXT includes "a #b":\n    severity: advised\n',
            "x.yml:1:19: YAML takes everything from this # on for a comment; write it in quotes:\n"
            "- 'TXT includes \"a #b\"':",
            id="comment-before-options",
        ),
        pytest.param(
            "for:\n\tdomain: a\n", "x.yml:2:1: a tab indents this line; use spaces", id="tab"
        ),
        pytest.param(
            "for:\n  domain: a\n   ip: b\n",
            "x.yml:3:4: this line stands below 'domain: a', which takes nothing below it;"
            " end that line with a colon, or begin this one in the same column as its neighbours",
            id="too-far-right",
        ),
        pytest.param(
            "for:\n  domain: a\n ip: b\n",
            "x.yml:3:2: this line begins in a column that fits nothing above it;"
            " let it begin in the same column as its neighbours",
            id="too-far-left",
        ),
        pytest.param(
            "mailcheck: 1\nchecks\nfor: a\n",
            "x.yml:2:1: 'checks' is neither `key: value` nor `- item`;"
            " write a colon after a key, or a dash before an item",
            id="no-colon",
        ),
        pytest.param(
            "for:\n  ip: [192.0.2.1\nchecks:\n  - a\n",
            'x.yml:2:7: the "[" that stands here is not closed where it should be;'
            " close it, put commas between its parts, or quote the text",
            id="open-bracket",
        ),
        pytest.param(
            'a: "C:\\quota"\n',
            "x.yml:1:7: a backslash in double quotes begins an escape, and there is none like this;"
            " write two backslashes, or single quotes around the text",
            id="escape",
        ),
        pytest.param(
            f"- {'x' * 1100}:\n    a: b\n",
            "x.yml:1:1103: more than 1024 characters stand before this colon;"
            " YAML takes no longer key; give the text as an option",
            id="long-key",
        ),
        pytest.param(
            "a: b\n...\nc\n",
            "x.yml:3:1: this cannot be read as YAML; expected lines like `key: value` and"
            " `- item`; look for a quote or bracket too many",
            id="anything-else",
        ),
    ],
)
def test_a_trap_is_explained(text: str, expected: str) -> None:
    assert expected == problem_of(text)
