"""The settings of a run as pytest's command line and ini file give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.errors import UsageError
from mailcheck.option_values import option_values
from mailcheck.options import OPTIONS
from mailcheck.settings import settings_of

if TYPE_CHECKING:
    from mailcheck.settings import Settings


def configured(config: pytest.Config) -> Settings:
    """Return the settings of this session; the command line comes before the ini file.

    Raises:
        pytest.UsageError: naming the option that cannot be used.
    """
    given = {o.ini: config.getoption(o.ini) for o in OPTIONS if not o.ini_only}
    ini = {option.ini: config.getini(option.ini) for option in OPTIONS}
    ini_folder = config.inipath.parent if config.inipath else config.rootpath
    try:
        return settings_of(option_values(given, config.invocation_params.dir, ini, ini_folder))
    except UsageError as error:
        raise pytest.UsageError(str(error)) from None
