"""Options of octoDNS' providers and processors, as far as they decide what is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.evidence import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.plans.octodns.values import Fields
    from mailcheck.source.problems import Problems

THE_PLAN = (
    "propose what octoDNS plans instead: the output of octodns.provider.plan.PlanJson, below"
    " manager: plan_outputs:"
)
"""The way out of everything that is not understood."""


class Options:
    """What is said below *subject* (``provider config``); *handlers* are those of secrets."""

    def __init__(
        self, subject: str, fields: Fields, handlers: Iterable[str], problems: Problems
    ) -> None:
        self.subject = subject
        self.fields = fields
        self.handlers = frozenset({"env", *handlers})
        self.problems = problems
        self.failed = False

    @property
    def kind(self) -> str:
        """Its class; empty if it has none."""
        kind = self.fields.get("class")
        return kind if isinstance(kind, str) else ""

    def only(self, *known: str) -> None:
        """Add a problem for every option that is not *known*: it may decide anything."""
        for key in self.fields:
            if key not in known and key != "class":
                self.fail(f"its option {visible(key, 60)} is not understood", THE_PLAN)

    def get(self, key: str, default: Any = None) -> Any:
        """Return an option. One that stands outside of the files (``env/NAME``) is a problem."""
        value = self.fields.get(key, default)
        if not isinstance(value, str):
            return value
        handler, slash, name = value.partition("/")
        if not slash or handler not in self.handlers:
            return value
        where = "a secret"
        if handler == "env":
            where = f"the variable {visible(name.partition('/')[0], 100)} of the environment"
        self.fail(f"its {visible(key, 60)} is in {where}, which is not read", THE_PLAN)
        return default

    def text(self, key: str, default: str = "") -> str:
        """Return an option that is a text."""
        value = self.get(key, default)
        if isinstance(value, str):
            return value
        self.fail(f"its {key} is no text", "expected a text")
        return default

    def flag(self, key: str, *, default: bool) -> bool:
        """Return whether an option is true to Python, as octoDNS asks."""
        return bool(self.get(key, default))

    def number(self, key: str, default: int) -> int:
        """Return an option that is a whole number."""
        value = self.get(key, default)
        if isinstance(value, int) and abs(value) < 2**31:
            return value
        self.fail(f"its {key} is no whole number", "expected one")
        return default

    def texts(self, key: str) -> tuple[str, ...]:
        """Return an option that is a list of texts."""
        value = self.get(key)
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        self.fail(f"its {key} is no list of texts", "expected one")
        return ()

    def fail(self, what: str, expected: str = "") -> None:
        """Add a problem of the whole."""
        self.problems.add(self.fields.place, f"{self.subject}: {what}", expected)
        self.failed = True
