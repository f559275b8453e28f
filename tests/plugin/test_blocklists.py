"""Blocklists in a run: keys that nobody sees, lists that do not work, resolvers of their own."""

from __future__ import annotations

import sys

import pytest

KEY = "k3y0f0urs"

LAB = f"""\
lab: 1
blocklists:
  list.example:
    listed: {{203.0.113.99: 127.0.0.2}}
  {KEY}.keyed.example:
    listed: {{203.0.113.99: 127.0.0.2}}
    text: https://keyed.example/?key={KEY.upper()}
servers:
  ns1.dead.example:
    address: 192.0.2.53
    zones:
      dead.example: |
        $TTL 3600
        @ SOA ns1 hostmaster 1 7200 3600 1209600 300
        @ NS ns1
        ns1 A 192.0.2.53
"""

LISTS = """\
blocklists: 1
lists:
  keyed.example:
    operator: Ours
    takes: ip4
    key: required
    codes: {127.0.0.2: 'spam, sender of spam'}
"""

INI = """\
[pytest]
mail_lab = auto
mail_blocklists = lists.yml
mail_blocklist_keys = keyed.example ${env:OUR_LIST_KEY}
mail_secrets = OUR_LIST_KEY
"""


@pytest.fixture
def lists(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with a list of its own that takes a key."""
    suites = pytester.mkdir("suites")
    (suites / "lab.yml").write_text(LAB, "utf-8")
    (pytester.path / "lists.yml").write_text(LISTS, "utf-8")
    pytester.makeini(INI)
    return pytester


def write(project: pytest.Pytester, *sentences: str) -> None:
    """Write a suite."""
    checks = "".join(f"  - {sentence}\n" for sentence in sentences)
    (project.path / "suites" / "mail.yml").write_text(f"mailcheck: 1\nchecks:\n{checks}", "utf-8")


def test_what_ended_and_what_takes_no_addresses_is_one_error_each(lists: pytest.Pytester) -> None:
    """And the other lists are asked."""
    ended, foreign = "gone.example", "names.example"
    (lists.path / "lists.yml").write_text(
        f"{LISTS}  {ended}: {{state: 'defunct 2025-12-31, list.example took over'}}\n"
        f"  {foreign}: {{takes: domain, codes: {{127.0.0.2: 'spam, x'}}}}\n",
        "utf-8",
    )
    named = (ended, f"dul.{ended}", "dul.dnsbl.sorbs.net", foreign, "dbl.spamhaus.org")
    said = [f"IP 203.0.113.{n} is not on {zone}" for zone in named for n in (1, 2)]
    write(lists, *said, "IP 203.0.113.1 is not on list.example")
    result = lists.runpytest()
    result.assert_outcomes(passed=1, errors=len(named), skipped=len(named))
    text = result.stdout.str()
    assert "dul.gone.example does not exist any more: 2025-12-31, list.example took over" in text
    assert "dul.dnsbl.sorbs.net does not exist any more: 2024-06-05" in text
    assert "names.example takes domains only, and 203.0.113.1 is an address" in text
    assert "dbl.spamhaus.org takes domains only" in text


BLOCKS = """\
mailcheck: 1
title: with a list of its own
blocklists:
  list.example:
    takes: ip4
    codes: {127.0.0.2: 'neutral, seen once'}
    default: yes
checks:
  - IP 203.0.113.99 is not on list.example
  - IP 203.0.113.99 is not on any blocklist
  - IP 2001:db8::99 is not on list.example
---
mailcheck: 1
title: without
checks:
  - IP 203.0.113.98 is not on list.example
"""


@pytest.mark.parametrize("way", ["pytest", "command"])
def test_a_block_describes_a_list_for_its_own_sentences(
    lists: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Its neutral code is a listing for the other block, which knows nothing of it."""
    lab = LAB.replace(
        "{203.0.113.99: 127.0.0.2}", "{203.0.113.98: 127.0.0.2, 203.0.113.99: 127.0.0.2}"
    )
    (lists.path / "suites" / "lab.yml").write_text(lab, "utf-8")
    (lists.path / "suites" / "mail.yml").write_text(BLOCKS, "utf-8")
    monkeypatch.setenv("OUR_LIST_KEY", KEY)
    if way == "pytest":
        result = lists.runpytest("-rs")
        result.assert_outcomes(passed=2, failed=1, skipped=1)
        result.stdout.fnmatch_lines(["*203.0.113.98 is on list.example: 127.0.0.2*"])
    else:
        result = lists.run(sys.executable, "-m", "mailcheck", "check", "suites/mail.yml")
        result.stdout.fnmatch_lines(["2 met, 1 unmet, 0 inconclusive, 1 not evaluated"])


def test_a_suite_describes_no_list_that_the_run_knows(lists: pytest.Pytester) -> None:
    text = BLOCKS.replace("list.example", "keyed.example")
    (lists.path / "suites" / "mail.yml").write_text(text, "utf-8")
    result = lists.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*keyed.example is known already*"])


def test_a_key_is_sent_and_shown_nowhere(
    lists: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OUR_LIST_KEY", KEY)
    write(
        lists,
        "IP 203.0.113.25 is not on keyed.example",
        "IP 203.0.113.99 is not on keyed.example",
        "IP 203.0.113.99 is not on keyed.example: {codes: 127.0.0.3}",
    )
    reports = ["--mail-junit=mail.xml", "--junitxml=pytest.xml", "-rA", "-vv", "--showlocals"]
    result = lists.runpytest("suites", *reports)
    result.assert_outcomes(passed=2, failed=1)
    told = [str(result.stdout), str(result.stderr)]
    told += [(lists.path / name).read_text("utf-8") for name in ("mail.xml", "pytest.xml")]
    assert all("${env:OUR_LIST_KEY}.keyed.example" in text for text in (told[0], *told[2:]))
    assert "sender of spam" in told[0]
    assert KEY not in "\n".join(told).lower()


def test_a_key_that_is_not_set_is_named_by_its_variable(
    lists: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OUR_LIST_KEY", raising=False)
    write(lists, "IP 203.0.113.25 is not on keyed.example")
    result = lists.runpytest("suites", "-rs")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["*secret-missing*OUR_LIST_KEY is not set*"])


def test_a_list_that_needs_a_key_is_not_asked_without(lists: pytest.Pytester) -> None:
    lists.makeini("[pytest]\nmail_lab = auto\nmail_blocklists = lists.yml\n")
    write(lists, "IP 203.0.113.25 is not on keyed.example")
    result = lists.runpytest("suites", "-rs")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["*key-missing*mail_blocklist_keys*"])


def test_a_list_that_does_not_work_is_one_error(lists: pytest.Pytester) -> None:
    write(lists, *(f"IP 203.0.113.{n} is not on dead.example" for n in range(1, 6)))
    result = lists.runpytest("suites")
    result.assert_outcomes(errors=1, skipped=4)
    result.stdout.fnmatch_lines(["*list-not-alive*", "*1 inconclusive, 4 not evaluated*"])


@pytest.mark.parametrize(
    "options", [pytest.param([], id="one process"), pytest.param(["-n", "2"], id="xdist")]
)
def test_a_list_is_not_asked_more_than_it_gives_for_nothing(
    lists: pytest.Pytester, options: list[str]
) -> None:
    lists.makeini("[pytest]\nmail_blocklist_limit = 2\nmail_resolver = 127.0.0.1:1\n")
    write(lists, *(f"IP 203.0.113.{n} is not on zen.spamhaus.org" for n in range(1, 4)))
    result = lists.runpytest_subprocess("suites", *options)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    told = str(result.stdout) + str(result.stderr)
    assert "3 subjects would be asked of zen.spamhaus.org" in told
    assert "zen.dq.spamhaus.net" in told
    result.assert_outcomes()


def test_lists_may_have_a_resolver_of_their_own(lists: pytest.Pytester) -> None:
    lab = lists.path / "suites" / "lab.yml"
    lab.write_text(
        LAB + "resolvers:\n  house: {address: 192.0.2.1, faults: {list.example: refuse}}\n"
        "  lists: {address: 192.0.2.2}\n",
        "utf-8",
    )
    write(lists, "IP 203.0.113.25 is not on list.example")
    lists.runpytest("suites", "--mail-resolver=192.0.2.1").assert_outcomes(errors=1)
    apart = ["--mail-resolver=192.0.2.1", "--mail-blocklist-resolver=192.0.2.2"]
    result = lists.runpytest("suites", *apart)
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["mailcheck: lab *, resolvers 192.0.2.1, blocklists of 192.0.2.2"])
    result.stdout.fnmatch_lines(["blocklists     192.0.2.2"])


def test_the_lists_servers_can_be_asked_themselves(lists: pytest.Pytester) -> None:
    write(lists, "IP 203.0.113.99 is not on list.example: {expect: listed}")
    result = lists.runpytest("suites", "--mail-blocklist-resolver=authoritative")
    result.assert_outcomes(passed=1)


def test_a_file_of_lists_that_cannot_be_read_is_told(lists: pytest.Pytester) -> None:
    (lists.path / "lists.yml").write_text("blocklists: 1\nlists: {a.example: {}}\n", "utf-8")
    write(lists, "IP 203.0.113.25 is not on list.example")
    result = lists.runpytest("suites")
    result.stdout.fnmatch_lines(["*lists.yml:2:*declares no codes*"])
    assert result.ret != 0


@pytest.mark.parametrize(
    ("line", "what"),
    [
        pytest.param("keyed.example k3y0f0urs", "a zone and ${env:NAME}", id="the key itself"),
        pytest.param("keyed.example ${env:OTHER}", "mail_secrets", id="a name nobody allowed"),
    ],
)
def test_what_is_no_reference_is_a_usage_error(
    lists: pytest.Pytester, line: str, what: str
) -> None:
    lists.makeini(INI.replace("keyed.example ${env:OUR_LIST_KEY}", line))
    write(lists, "IP 203.0.113.25 is not on list.example")
    result = lists.runpytest("suites")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    told = str(result.stderr) + str(result.stdout)
    assert what in told
    assert KEY not in told
