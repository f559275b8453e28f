"""The suites of this repository are shown in their labs unless a run names a world."""

import pytest

WORLDS = ("mail_live", "mail_lab", "mail_offline", "mail_resolver", "mail_connect_to")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the lab nearest to each suite, so that a fresh clone needs no network."""
    if not any(config.getoption(option, None) for option in WORLDS):
        config.option.mail_lab = "auto"
