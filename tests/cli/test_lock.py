"""``mailcheck lock`` as it is called; what it writes is in test_locking.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .conftest import Mailcheck


def test_it_takes_the_options_of_a_run(mailcheck: Mailcheck) -> None:
    text = mailcheck("lock", "spf", "--help").stdout
    for option in ("--lab", "--resolver", "--proposed", "--offline", "--budget", "--output"):
        assert f"  {option} " in text
    assert "--mail-" not in text


def test_options_may_be_given_as_pytest_calls_them(mailcheck: Mailcheck) -> None:
    result = mailcheck("lock", "spf", "--mail-offline", "example.com")
    assert result.exit_code == 3
    assert "example.com: could not be found out: offline" in result.stderr


def test_the_group_names_its_commands(mailcheck: Mailcheck) -> None:
    assert "  spf  Write the networks" in mailcheck("lock", "--help").stdout
    assert mailcheck("lock", "dkim").exit_code == 2
