"""What a probe that crashed has observed: nothing; and where it crashed."""

from __future__ import annotations

import linecache
import traceback
from typing import TYPE_CHECKING

from mailcheck.evidence import Evidence, visible
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Iterator

FRAMES = 7
"""Frames of ours that are shown, the innermost ones: whoever mends the bug knows what leads there."""


def crashed(error: BaseException) -> Unobserved:
    """Return *error*, which a probe raised instead of answering, as what was not observed."""
    seen = Evidence("probe", visible(repr(error)))
    text = visible(f"{type(error).__name__}: {error}")
    where = "\n".join([*_frames(error), text])
    return Unobserved("probe-crashed", text, (seen,), traceback=where)


def _frames(error: BaseException) -> Iterator[str]:
    """Yield a line for each frame of ours that led to *error*, and for the last one, whosever it is.

    A line names the module, and never a path or a value: it is made to be sent to strangers.
    """
    frames = list(traceback.walk_tb(error.__traceback__))
    names = [str(frame.f_globals.get("__name__", "?")) for frame, _ in frames]
    ours = [at for at, name in enumerate(names) if name.partition(".")[0] == "mailcheck"]
    for at in sorted({*ours[-FRAMES:], *range(len(frames))[-1:]}):
        frame, number = frames[at]
        code = linecache.getline(frame.f_code.co_filename, number).strip()
        yield visible(f"{names[at]}:{number} in {frame.f_code.co_name}: {code}")
