"""How a coroutine ends: with what it returned, or with what it must not have raised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.engine.nodes import Derived, Judgement, Leaf
from mailcheck.evidence import Evidence
from mailcheck.finding import Advice, Finding, Reason
from mailcheck.question import Unobserved
from mailcheck.verdict import Crash

if TYPE_CHECKING:
    from mailcheck.engine.nodes import Driven


def returned(node: Driven, value: Any) -> Any:
    """Return what a coroutine returned, if a judge's is a finding that can be reported."""
    if not isinstance(node, Judgement):
        return value
    if not isinstance(value, Finding):
        return Crash.of(TypeError(f"a judge returned {value!r}, not a finding"))
    for told in (*value.reasons, *value.advice):
        if not isinstance(told, Reason | Advice) or not isinstance(told.text, str):
            return Crash.of(TypeError(f"a judge gave {told!r}; a reason is a tag and a text"))
    return value


def crashed(node: Leaf | Driven, error: BaseException) -> Crash | Unobserved:
    """Return what *error*, raised where *node* was driven or asked, makes of its answer."""
    crash = Crash.of(error)
    if not isinstance(node, Leaf | Derived):
        return crash
    # Whoever awaits a crashed fact becomes inconclusive and shows where it crashed.
    name = type(node.question).__name__
    seen = Evidence(name, crash.text)
    text = f"{name}: {crash.text}"
    return Unobserved("check-crashed", text, (seen,), traceback=crash.traceback)


def closing(node: Driven, error: Exception) -> Exception:
    """Close the coroutine of *node*, which cannot go on, and return *error*."""
    assert node.coroutine is not None
    node.coroutine.close()
    return error
