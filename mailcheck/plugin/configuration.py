"""The settings of a run as pytest's command line and ini file give them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.errors import UsageError
from mailcheck.options import OPTIONS, Option, settings_of

if TYPE_CHECKING:
    from mailcheck.settings import Settings


def configured(config: pytest.Config) -> Settings:
    """Return the settings of this session; the command line comes before the ini file.

    Raises:
        pytest.UsageError: naming the option that cannot be used.
    """
    try:
        return settings_of({option.ini: _value(config, option) for option in OPTIONS})
    except UsageError as error:
        raise pytest.UsageError(str(error)) from None


def _value(config: pytest.Config, option: Option) -> Any:
    given = None if option.ini_only else config.getoption(option.ini)
    base = config.invocation_params.dir
    if given in (None, []):
        given = config.getini(option.ini)
        base = config.inipath.parent if config.inipath else config.rootpath
    if option.choices and given and given not in option.choices:
        raise UsageError(f"ini {option.ini} is {given!r}; it takes {', '.join(option.choices)}")
    if option.kind == "path" and given and str(given) != "auto":
        return base / given
    return given
