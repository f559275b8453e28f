"""The file that is shipped, and what is wrong with files of others."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import TYPE_CHECKING

import pytest

from mailcheck.blocklists import ListPoints, Meaning
from mailcheck.blocklists.blocklist import DUL, RETURN_CODES
from mailcheck.blocklists.reading import read_registry, shipped
from mailcheck.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "blocklists: 1\nlists:\n"


def read(folder: Path, text: str) -> object:
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
    keyed: keyed.example
    registered: yes
    dul: extra
    default: yes
    removal: https://list.example/
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
    ],
)
def test_what_is_wrong_is_said_where_it_stands(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(SourceError, match=r"lists\.yml") as raised:
        read(tmp_path, text)
    assert what in str(raised.value)


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


def test_a_list_of_dynamic_users_has_a_code_that_says_so() -> None:
    for one in shipped().of_dul("ip4"):
        meanings = [c.meaning for c in one.codes] + [meaning for _, meaning in one.bits]
        assert DUL.intersection(meaning.category for meaning in meanings), one.zone


def test_any_blocklist_asks_nobody_who_needs_a_key_or_escalates() -> None:
    for one in (*shipped().by_default("ip4"), *shipped().by_default("domain")):
        assert one.key != "required"
        assert one.zone not in ("dnsbl-2.uceprotect.net", "dnsbl-3.uceprotect.net")


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
