"""Who listens to the phases of a test: decides whether a met requirement may skip them.

pytest runs a test in three phases, with some thirty hook calls and three reports. For a
requirement that is met, nothing happens in them, and they cost more than asking the network does.
So they are left out, but only while nobody but pytest itself would notice: what is told here of
pytest's own plugins was read in their sources (9.2), and whatever is not named here, counts as
somebody who listens.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pluggy
    import pytest

_PHASES = (
    "pytest_runtest_protocol",
    "pytest_runtest_logstart",
    "pytest_runtest_setup",
    "pytest_runtest_call",
    "pytest_runtest_teardown",
    "pytest_runtest_makereport",
    "pytest_runtest_logreport",
    "pytest_runtest_logfinish",
    "pytest_report_teststatus",
)

_PYTESTS_OWN = frozenset(
    {
        "_pytest.assertion",
        "_pytest.cacheprovider",
        "_pytest.capture",
        "_pytest.faulthandler",
        "_pytest.junitxml",
        "_pytest.logging",
        "_pytest.main",
        "_pytest.runner",
        "_pytest.skipping",
        "_pytest.stepwise",
        "_pytest.subtests",
        "_pytest.terminal",
        "_pytest.threadexception",
        "_pytest.tmpdir",
        "_pytest.unittest",
        "_pytest.unraisableexception",
        "_pytest.warnings",
    }
)
"""Modules whose hooks do nothing that shows for a requirement that is met, unless an option of
:func:`_an_option_shows_phases` is given."""


def needs_phases(hooks: pluggy.HookRelay, config: pytest.Config) -> bool:
    """Whether somebody among *hooks*, those of a folder, would miss the phases of a test."""
    return _an_option_shows_phases(config) or any(_strangers(hooks, config, _PHASES))


def wants_three_reports(config: pytest.Config) -> bool:
    """Whether a test must be reported in its three phases, though nothing happened in them.

    The plugin of ``--junitxml`` opens and closes a test with them.
    """
    listeners = config.hook.pytest_runtest_logreport.get_hookimpls()
    return any(_module(listener.plugin) == "_pytest.junitxml" for listener in listeners)


def runs_tests_itself(config: pytest.Config) -> bool:
    """Whether another plugin has the loop over the tests, as xdist has."""
    loops = config.hook.pytest_runtestloop.get_hookimpls()
    return any(
        not (loop.wrapper or loop.hookwrapper)
        and _module(loop.plugin) not in ("_pytest.main", "mailcheck.plugin.lean")
        for loop in loops
    )


def evidence_is_shown(config: pytest.Config) -> bool:
    """Whether somebody reads what the report of a met requirement says was seen."""
    return (
        _shows_passed(config)
        or hasattr(config, "workerinput")  # what the controller shows is not known here
        or any(_strangers(config.hook, config, ("pytest_runtest_logreport",)))
    )


def _an_option_shows_phases(config: pytest.Config) -> bool:
    given = ("usepdb", "trace", "setupshow", "setuponly", "setupplan", "log_cli_level")
    settable = ("log_level", "log_file", "log_cli", "faulthandler_timeout")
    return (
        any(config.getoption(name, default=None) for name in (*given, *settable))
        or any(_ini(config, name) for name in settable)
        # Lists each phase with its time.
        or config.getoption("durations", default=None) is not None
        # Shows what was captured in each phase.
        or _shows_passed(config)
        or config.getoption("capture", default="") == "tee-sys"
        or not config.pluginmanager.hasplugin("capturemanager")
    )


def _shows_passed(config: pytest.Config) -> bool:
    """Whether -rP or -rA shows the sections of what passed."""
    return bool(set("PA") & set(config.getoption("reportchars", default="")))


def _ini(config: pytest.Config, name: str) -> Any:
    try:
        value = config.getini(name)
    except (KeyError, ValueError):  # its plugin is not loaded
        return None
    return float(value) if name == "faulthandler_timeout" else value


def _strangers(
    hooks: pluggy.HookRelay, config: pytest.Config, names: tuple[str, ...]
) -> Iterator[str]:
    """Yield the modules that implement one of the hooks *names* and are not known to be idle."""
    for name in names:
        for implementation in getattr(hooks, name).get_hookimpls():
            module = _module(implementation.plugin)
            if module in _PYTESTS_OWN or module.startswith("mailcheck.plugin"):
                continue
            if module not in _OFTEN_IDLE or not _OFTEN_IDLE[module](config):
                yield module


def _module(plugin: object) -> str:
    return plugin.__name__ if isinstance(plugin, ModuleType) else type(plugin).__module__


def _no_timeout(config: pytest.Config) -> bool:
    given: Any = getattr(config, "_env_timeout", 1)
    session = config.getoption("session_timeout", default=None)
    return not (given or session or _ini(config, "session_timeout"))


def _no_reruns(config: pytest.Config) -> bool:
    given = (config.getoption(name, default=None) for name in ("force_reruns", "reruns"))
    return all(value is None for value in given) and not _ini(config, "reruns")


_OFTEN_IDLE: dict[str, Callable[[pytest.Config], bool]] = {
    # Looks at functions that hypothesis decorated.
    "_hypothesis_pytestplugin": lambda _: True,
    "pytest_rerunfailures": _no_reruns,
    "pytest_timeout": _no_timeout,
}
"""Plugins that many have installed and few use in a run: whether one has nothing to do for items
that carry no marker of its own."""
