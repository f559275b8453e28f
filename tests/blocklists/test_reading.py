"""The file that is shipped, and what is wrong with files of others."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Address
from typing import TYPE_CHECKING

import pytest

from mailcheck.blocklists import ListPoints, Meaning, Registry
from mailcheck.blocklists.blocklist import DUL, GOOD, RETURN_CODES
from mailcheck.blocklists.reading import read_registry, shipped
from mailcheck.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "blocklists: 1\nlists:\n"


def read(folder: Path, text: str) -> Registry:
    """Read *text* as a file of lists."""
    path = folder / "lists.yml"
    path.write_text(text, "utf-8")
    return read_registry(path, "lists.yml")


def test_a_whole_description(tmp_path: Path) -> None:
    path = tmp_path / "lists.yml"
    path.write_text(
        f"""{HEAD}
  List.Example:
    operator: Example
    takes: ip4, domain
    codes:
      127.0.0.2: spam, sources of spam, and more
      127.0.0.10-127.0.0.11: dynamic, dial-up
    refusals: {{127.0.0.9: ask less}}
    test: 127.0.0.7, not 127.0.0.8
    key: required
    keyed: Keyed.Example.
    registered: yes
    dul: extra
    default: yes
    removal: https://list.example/
  keyed.example: {{codes: {{127.0.0.2: 'spam, x'}}, key: required}}
  bits.example:
    base: 127.1.0.0
    bits: {{2: 'dynamic, DUL'}}
    test: none
  old.example:
    state: defunct 2020-05-01, its operator stopped
""",
        "utf-8",
    )
    known = read_registry(path, "lists.yml")
    one, bits, old = (known.find(z) for z in ("list.example", "bits.example", "old.example"))
    assert one.takes == {"ip4", "domain"}
    assert one.meanings(IPv4Address("127.0.0.2")) == (Meaning("spam", "sources of spam, and more"),)
    assert one.meanings(IPv4Address("127.0.0.11")) == (Meaning("dynamic", "dial-up"),)
    assert one.refusal(IPv4Address("127.0.0.9")) == "ask less"
    assert one.tests == ListPoints("127.0.0.7", "127.0.0.8")
    assert (one.key, one.keyed, one.registered) == ("required", "keyed.example", True)
    assert (one.dul, one.default, one.removal) == ("extra", True, "https://list.example/")
    assert bits.meanings(IPv4Address("127.1.0.2")) == (Meaning("dynamic", "DUL"),)
    assert bits.tests is None
    assert old.defunct == "2020-05-01, its operator stopped"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param("", "not one mapping", id="empty"),
        pytest.param("lists: {}\n", "version", id="no version"),
        pytest.param("blocklists: 2\nlists: {}\n", "version", id="a later version"),
        pytest.param("blocklists: 1\n", "no lists", id="no lists"),
        pytest.param(f"{HEAD}  a..b: {{codes: {{127.0.0.2: 'spam, x'}}}}\n", "zone", id="zone"),
        pytest.param(f"{HEAD}  a.example: {{}}\n", "declares no codes", id="no codes"),
        pytest.param(f"{HEAD}  a.example: {{code: x}}\n", "unknown key", id="unknown key"),
        pytest.param(
            f"{HEAD}  a.example: {{codes: {{192.0.2.1: 'spam, x'}}}}\n",
            "127.0.0.0/8",
            id="a code elsewhere",
        ),
        pytest.param(
            f"{HEAD}  a.example: {{codes: {{127.0.0.2: evil}}}}\n", "category", id="category"
        ),
        pytest.param(f"{HEAD}  a.example: {{bits: {{3: 'spam, x'}}}}\n", "one of 1, 2", id="bit"),
        pytest.param(f"{HEAD}  a.example: {{takes: ip5}}\n", "unknown kind", id="kind"),
        pytest.param(f"{HEAD}  a.example: {{dul: perhaps}}\n", "unknown word", id="word"),
        pytest.param(f"{HEAD}  a.example: {{state: dead}}\n", "defunct DATE", id="state"),
        pytest.param(f"{HEAD}  a.example: {{test: 'x y'}}\n", "none", id="test points"),
        pytest.param(f"{HEAD}  a.example: {{test: foo}}\n", "that the list takes", id="no address"),
        pytest.param(
            f"{HEAD}  a.example: {{test: '::2'}}\n", "that the list takes", id="other family"
        ),
        pytest.param(
            f"{HEAD}  a.example: {{codes: {{127.0.0.9-127.0.0.2: 'spam, x'}}}}\n",
            "lower address first",
            id="codes in reverse",
        ),
        pytest.param(
            f"{HEAD}  a.example: {{codes: {{127.0.0.2: 'spam, x'}}, bits: {{2: 'spam, x'}}}}\n",
            "codes beside bits",
            id="codes that would not be read",
        ),
        pytest.param(
            f"{HEAD}  a.example: {{codes: {{127.0.0.2: 'spam, x'}}, base: 127.0.0.0}}\n",
            "base without bits",
            id="a base that would not be read",
        ),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(SourceError, match=r"lists\.yml") as raised:
        read(tmp_path, text)
    assert what in str(raised.value)


LISTED = "{127.0.0.2: 'spam, x'}"
KEYED = f"{{codes: {LISTED}, key: required}}"


@pytest.mark.parametrize(
    ("keyed", "beside"),
    [
        pytest.param("a.example", "", id="itself"),
        pytest.param("A.Example.", "", id="itself, spelled otherwise"),
        pytest.param("b.example", f"  b.example: {{codes: {LISTED}}}\n", id="one without a key"),
        pytest.param("b.example", "", id="one that nobody described"),
        pytest.param("ix.dnsbl.manitu.net", "", id="one that ended"),
        pytest.param("a b", "", id="no zone"),
        pytest.param(
            "b.example",
            f"  b.example: {{codes: {LISTED}, key: required, keyed: a.example}}\n",
            id="a ring",
        ),
    ],
)
def test_what_stands_in_for_a_list_is_another_that_takes_a_key(
    tmp_path: Path, keyed: str, beside: str
) -> None:
    with pytest.raises(SourceError, match="keyed is"):
        read(tmp_path, f"{HEAD}  a.example: {{codes: {LISTED}, keyed: '{keyed}'}}\n{beside}")


@pytest.mark.parametrize(
    ("keyed", "beside"),
    [
        pytest.param("b.example", f"  b.example: {KEYED}\n", id="in the same file"),
        pytest.param("zen.dq.spamhaus.net", "", id="known already"),
    ],
)
def test_a_keyed_list_stands_in_for_another(tmp_path: Path, keyed: str, beside: str) -> None:
    read(tmp_path, f"{HEAD}  a.example: {{codes: {LISTED}, keyed: {keyed}}}\n{beside}")


@pytest.mark.parametrize(
    "again",
    [
        pytest.param("A.Example", id="case"),
        pytest.param("a.example.", id="a dot"),
        pytest.param("xn--bcher-kva.example", id="A-labels"),
    ],
)
def test_a_list_is_described_once_however_it_is_spelled(tmp_path: Path, again: str) -> None:
    first = "bücher.example" if "xn--" in again else "a.example"
    one = f"{{codes: {LISTED}}}\n"
    with pytest.raises(SourceError, match=r"lists\.yml:4.*\n*.*described twice") as raised:
        read(tmp_path, f"{HEAD}  {first}: {one}  {again}: {one}")
    assert "first in line 3" in str(raised.value)


@pytest.mark.parametrize(
    ("points", "stands"),
    [
        pytest.param("test, not invalid", True, id="of RFC 5782"),
        pytest.param("127.0.0.2, not 127.0.0.1", True, id="its addresses, which mean them"),
        pytest.param("_DNSBL_.test", True, id="an underscore"),
        pytest.param("bücher.example", True, id="U-labels"),
        pytest.param("127.0.0.7", False, id="another address"),
        pytest.param("2001:db8::1", False, id="an IPv6 address"),
        pytest.param("a..b", False, id="an empty label"),
        pytest.param("test, not -", False, id="the unlisted one"),
        pytest.param("x" * 64, False, id="a label too long"),
    ],
)
def test_the_test_points_of_a_list_of_domains_are_domains(
    tmp_path: Path, points: str, *, stands: bool
) -> None:
    text = f"{HEAD}  a.example: {{takes: domain, codes: {LISTED}, test: '{points}'}}\n"
    if stands:
        assert read(tmp_path, text)
        return
    with pytest.raises(SourceError, match="domains, or labels"):
        read(tmp_path, text)


def test_a_test_point_is_asked_for_in_normal_form(tmp_path: Path) -> None:
    text = f"{HEAD}  a.example: {{takes: domain, codes: {LISTED}, test: 'Bücher.example'}}\n"
    assert read(tmp_path, text).find("a.example").tests == ListPoints("xn--bcher-kva.example", "")


def test_the_lists_that_are_shipped_are_whole() -> None:
    known = shipped()
    essential = [one.zone for one in known.of_dul("ip4") if one.dul == "essential"]
    assert "zen.spamhaus.org" in essential
    for zone, one in known.lists.items():
        assert zone == one.zone
        assert one.operator
        assert all(c.first in RETURN_CODES and c.first <= c.last for c in one.codes)
        assert all(c.meaning.text for c in one.codes)
        assert not one.keyed or known.find(one.keyed).key == "required"


def test_no_code_that_is_shipped_is_a_refusal_too() -> None:
    for one in shipped().lists.values():
        codes = [code for c in one.codes for code in (c.first, c.last)]
        assert not [str(code) for code in codes if one.refusal(code)], one.zone


def test_a_blocklist_has_a_code_that_counts() -> None:
    """Whoever names a list asks whether it has an address, for whatever reason it lists."""
    mild = {
        one.zone
        for one in shipped().lists.values()
        if one.codes and {c.meaning.category for c in one.codes} <= GOOD
    }
    assert mild == {
        "dwl.dnswl.org",
        "list.dnswl.org",
        "score.senderscore.com",
        "wl.mailspike.net",
    }


def test_a_list_of_dynamic_users_has_a_code_that_says_so() -> None:
    for one in shipped().of_dul("ip4"):
        meanings = [c.meaning for c in one.codes] + [meaning for _, meaning in one.bits]
        assert DUL.intersection(meaning.category for meaning in meanings), one.zone


def test_any_blocklist_asks_nobody_who_needs_a_key_or_escalates() -> None:
    for one in (*shipped().by_default("ip4"), *shipped().by_default("domain")):
        assert one.key != "required"
        assert not one.registered
        assert one.removal
        assert "uceprotect" not in one.zone
        assert "neighbours" not in {c.meaning.category for c in one.codes}


def test_the_example_of_the_guide_is_read(tmp_path: Path, repository: Path) -> None:
    guide = (repository / "suites" / "README.md").read_text("utf-8")
    before, _, after = guide.partition("```yaml\nblocklists: 1\n")
    assert before != guide
    path = tmp_path / "lists.yml"
    path.write_text("blocklists: 1\n" + after.partition("```")[0], "utf-8")
    known = read_registry(path, "lists.yml")
    assert known.find("bl.example.net").meanings(IPv4Address("127.0.0.42")) == (
        Meaning("policy", "must send through the relay"),
    )
    assert known.find("keyed.example.net").key == "required"
    again, was = known.find("b.barracudacentral.org"), shipped().find("b.barracudacentral.org")
    assert replace(again, default=False) == was


def test_no_page_is_called_none_known() -> None:
    """It would be taken for where to ask."""
    assert {one.removal for one in shipped().lists.values() if ":" not in one.removal} == {""}
