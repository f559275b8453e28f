"""The one place that touches pytest's private classes: a report text with a one-line message.

pytest takes the ``message`` of a JUnit element, and the line of its short summary, from
``longrepr.reprcrash``; a plain text as longrepr would put all of itself there. The classes are
private but have been stable since pytest 5; where they are missing the plain text serves.
"""

from __future__ import annotations

from typing import Any


def text_with_message(text: str, message: str, path: str, line: int) -> Any:
    """Return a longrepr that shows *text* and whose one-line message is *message*."""
    try:
        from _pytest._code.code import ExceptionChainRepr, ReprFileLocation, ReprTracebackNative
    except ImportError:
        return text
    crash = ReprFileLocation(path, line, message)
    return ExceptionChainRepr([(ReprTracebackNative([text + "\n"]), crash, None)])
