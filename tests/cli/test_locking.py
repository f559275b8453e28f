"""``mailcheck lock spf`` writes what SPF lets pass, and says what changed."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from mailcheck.cli.locking import write

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Mailcheck

LAB = """\
lab: 1
servers:
  ns1.example.com:
    address: 192.0.2.53
    zones:
      example.com: |
        $TTL 3600
        @     SOA ns1 hostmaster 1 7200 3600 1209600 300
        @     NS  ns1
        ns1   A   192.0.2.53
        @     TXT "v=spf1 mx include:_spf.example.net -all"
        @     MX  10 mail
        mail  A   203.0.113.25
        mail  AAAA 2001:db8::25
        text  TXT "nothing of SPF"
        bad   TXT "v=spf1 ip4:192.0.2.0/33 -all"
        far   TXT "v=spf1 include:_spf.example.org -all"
        tour  TXT "v=spf1 ip4:203.0.113.80 ptr -all"
      example.net: |
        $TTL 3600
        @     SOA ns1.example.com. hostmaster 1 7200 3600 1209600 300
        @     NS  ns1.example.com.
        _spf  TXT "v=spf1 ip4:198.51.100.0/24 ip4:192.0.2.0/24 -all"
"""

LOCK = """\
# What SPF of example.com lets pass: `mailcheck lock spf example.com` writes it anew.
spf-lock: 1
domain: example.com
networks:
  example.com:
    - 203.0.113.25/32
    - 2001:db8::25/128
  example.com > _spf.example.net:
    - 192.0.2.0/24
    - 198.51.100.0/24
"""

PATCH = """\
$ORIGIN example.net.
_spf 3600 TXT "v=spf1 ip4:198.51.100.0/24 ip4:192.0.3.0/24 -all"
"""

FILE = "spf-example.com.lock"
MATCHES = "SPF of example.com matches its lock"


@pytest.fixture
def lab(here: Path) -> Path:
    (here / "lab.yml").write_text(LAB, "utf-8")
    (here / "vendor.patch").write_text(PATCH, "utf-8")
    return here


def test_it_writes_a_file_of_networks_that_the_sentence_matches(
    lab: Path, mailcheck: Mailcheck
) -> None:
    result = mailcheck("lock", "spf", "Example.COM.")
    assert (result.exit_code, result.stdout) == (0, f"{FILE}: written, 4 networks\n")
    assert (lab / FILE).read_text("utf-8") == LOCK
    assert mailcheck("check", MATCHES).exit_code == 0


def test_the_readme_shows_the_file(repository: Path) -> None:
    assert f"```yaml\n{LOCK}```" in (repository / "README.md").read_text("utf-8")


def test_it_leaves_a_file_alone_that_says_it_already(lab: Path, mailcheck: Mailcheck) -> None:
    own = LOCK.replace("# What", "# Of our own. What")
    (lab / FILE).write_text(own, "utf-8")
    result = mailcheck("lock", "spf", "example.com")
    assert (result.exit_code, result.stdout) == (0, f"{FILE}: unchanged, 4 networks\n")
    assert (lab / FILE).read_text("utf-8") == own


def test_it_shows_what_changes(lab: Path, mailcheck: Mailcheck) -> None:
    (lab / FILE).write_text(LOCK.replace("192.0.2.0/24", "192.0.9.0/24"), "utf-8")
    result = mailcheck("lock", "spf", "example.com")
    assert result.stdout.splitlines() == [
        f"{FILE}: changed, 4 networks",
        "  - 192.0.9.0/24  example.com → _spf.example.net",
        "  + 192.0.2.0/24  example.com → _spf.example.net",
    ]
    assert (lab / FILE).read_text("utf-8") == LOCK


def test_a_change_that_loses_a_network_is_unmet_before_it_is_made(
    lab: Path, mailcheck: Mailcheck
) -> None:
    """The include is proposed to change; today it is as the lock has it."""
    (lab / FILE).write_text(LOCK, "utf-8")
    assert mailcheck("check", MATCHES).exit_code == 0
    result = mailcheck("check", "--proposed", "patch:vendor.patch", MATCHES)
    assert result.exit_code == 1
    assert (
        "unmet          SPF of example.com matches its lock  network-lost; SPF of example.com no "
        "longer lets pass 192.0.2.0/24 (example.com → _spf.example.net)" in result.stdout
    )
    assert "networks-added: SPF of example.com lets pass what its lock does not" in result.stdout


def test_a_lock_may_be_written_of_what_is_proposed(lab: Path, mailcheck: Mailcheck) -> None:
    proposed = ("--proposed", "patch:vendor.patch")
    assert mailcheck("lock", "spf", *proposed, "example.com").exit_code == 0
    assert (lab / FILE).read_text("utf-8") == LOCK.replace("192.0.2.0/24", "192.0.3.0/24")
    assert mailcheck("check", *proposed, MATCHES).exit_code == 0


def test_several_domains_have_a_file_each_and_what_nobody_can_list_is_told(
    lab: Path, mailcheck: Mailcheck
) -> None:
    result = mailcheck("lock", "spf", "example.com", "tour.example.com", "example.com")
    assert result.stdout.splitlines() == [
        f"{FILE}: written, 4 networks",
        "spf-tour.example.com.lock: written, 1 network",
        "  nobody can list whom this lets pass: ptr  tour.example.com",
    ]
    assert (lab / "spf-tour.example.com.lock").is_file()


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        pytest.param(
            ["text.example.com"],
            1,
            "text.example.com: nothing to lock: text.example.com has no SPF record",
            id="no record",
        ),
        pytest.param(
            ["bad.example.com"],
            1,
            "bad.example.com: nothing to lock: in ip4:192.0.2.0/33, the prefix length",
            id="a record that nobody can evaluate",
        ),
        pytest.param(
            ["far.example.com"],
            3,
            "far.example.com: could not be found out: not-in-lab: no zone of the lab holds",
            id="an include that cannot be looked up",
        ),
        pytest.param(
            ["far.example.com", "text.example.com"], 1, "far.example.com: could", id="both"
        ),
        pytest.param(
            ["--offline", "example.com"],
            3,
            "example.com: could not be found out: offline",
            id="off",
        ),
        pytest.param(["a..b"], 2, "mailcheck: 'a..b' has an empty label", id="no name"),
        pytest.param(
            ["--output", "x", "a.example", "b.example"],
            2,
            "mailcheck: --output names one file, and every domain has its own lock",
            id="one file for two",
        ),
        pytest.param(
            ["--output", "x/y.lock", "example.com"],
            2,
            "mailcheck: --output: there is no folder 'x'; make it, or name another file",
            id="a folder that is not there",
        ),
        pytest.param(["--lab", "missing", "example.com"], 2, "mailcheck: ", id="a lab that is not"),
        pytest.param([], 2, "Usage: mailcheck lock spf", id="nothing"),
    ],
)
def test_what_cannot_be_locked_is_not_written(
    lab: Path, mailcheck: Mailcheck, arguments: list[str], status: int, said: str
) -> None:
    result = mailcheck("lock", "spf", *arguments)
    assert (result.exit_code, result.stderr[: len(said)]) == (status, said)
    assert list(lab.glob("*.lock")) == []


def test_one_that_cannot_be_locked_does_not_keep_the_others(
    lab: Path, mailcheck: Mailcheck
) -> None:
    assert mailcheck("lock", "spf", "text.example.com", "example.com").exit_code == 1
    assert (lab / FILE).read_text("utf-8") == LOCK


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("mailcheck: 1\n", "own.yml:1:1: this is no lock of SPF", id="no lock"),
        pytest.param(
            LOCK.replace("domain: example.com", "domain: example.net"),
            "own.yml:1:1: this is the lock of example.net",
            id="of another domain",
        ),
        pytest.param("\x00", "own.yml:1:1: the control character U+0000", id="no text"),
    ],
)
def test_no_other_file_is_replaced(
    lab: Path, mailcheck: Mailcheck, content: str, message: str
) -> None:
    (lab / "own.yml").write_text(content, "utf-8")
    result = mailcheck("lock", "spf", "--output", "own.yml", "example.com")
    assert (result.exit_code, result.stderr[: len(message)]) == (2, message)
    assert "own.yml: not written" in result.stderr
    assert (lab / "own.yml").read_text("utf-8") == content


def test_a_sentence_without_its_lock_says_how_to_write_it(lab: Path, mailcheck: Mailcheck) -> None:
    assert list(lab.glob("*.lock")) == []
    result = mailcheck("check", MATCHES)
    assert result.exit_code == 2
    assert result.stderr.startswith(
        f'<sentence>:1:1: file "{FILE}" does not exist; expected it at {FILE}; '
        "`mailcheck lock spf DOMAIN` writes it"
    )


def test_a_suite_has_its_locks_beside_it_or_below(lab: Path, mailcheck: Mailcheck) -> None:
    (lab / "suites/locks").mkdir(parents=True)
    (lab / "suites/mail.yml").write_text(
        "mailcheck: 1\n"
        "for: {domain: [example.com, tour.example.com]}\n"
        "checks:\n"
        "  - SPF matches its lock: {lock: 'locks/{domain}.lock'}\n",
        "utf-8",
    )
    for domain in ("example.com", "tour.example.com"):
        path = f"suites/locks/{domain}.lock"
        assert mailcheck("lock", "spf", "--output", path, domain).exit_code == 0
    result = mailcheck("check", "suites/mail.yml")
    assert (result.exit_code, result.stdout.splitlines()[-1][:5]) == (0, "2 met")


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    path.write_text("before", "utf-8")
    path.chmod(0o640)
    (tmp_path / "link").symlink_to(path)
    write(tmp_path / "link", "after")
    assert path.read_text("utf-8") == "after"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.lock", "link"]


def test_a_new_file_has_the_permissions_that_are_usual_here(tmp_path: Path) -> None:
    write(tmp_path / "a.lock", "text")
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a.lock").stat().st_mode) == 0o666 & ~mask


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.lock").mkdir()
    with pytest.raises(OSError, match=r"a\.lock"):
        write(tmp_path / "a.lock", "text")
    assert [one.name for one in tmp_path.iterdir()] == ["a.lock"]
