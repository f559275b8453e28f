"""What a probe that crashed has observed: nothing."""

from __future__ import annotations

import traceback

from mailcheck.evidence import Evidence, visible
from mailcheck.question import Unobserved


def crashed(error: BaseException) -> Unobserved:
    """Return *error*, which a probe raised instead of answering, as what was not observed."""
    where = visible("".join(traceback.format_exception(error)), 4000)
    seen = Evidence("probe", visible(repr(error)), where)
    return Unobserved("probe-crashed", visible(f"{type(error).__name__}: {error}"), (seen,))
