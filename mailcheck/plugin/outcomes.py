"""How a verdict becomes a pytest outcome.

====================================  ==============================================
met                                   passed
unmet                                 failed, raised in ``runtest``
unmet, but advised only or waived     xfailed, raised in ``runtest``
inconclusive                          error, raised in ``setup``
inconclusive, but advised only        xfailed, raised in ``setup``
not evaluated                         skipped, raised in ``setup``
====================================  ==============================================

``--mail-inconclusive`` and ``--mail-not-evaluated`` change the rows they are named after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.report.record import is_an_error
from mailcheck.report.text import junit_text, message

if TYPE_CHECKING:
    from mailcheck.report.record import Record
    from mailcheck.settings import Settings


def raise_for_setup(record: Record, settings: Settings) -> None:
    """Raise what is inconclusive or not evaluated, as the run wants it to count.

    A suite that cannot be read and a check that crashed are errors whatever the run wants.
    """
    if record["verdict"] == "not evaluated" and settings.not_evaluated == "skip":
        raise pytest.skip.Exception(message(record))
    if record["verdict"] in ("inconclusive", "not evaluated") and record["excused"]:
        raise pytest.xfail.Exception(record["excused"], pytrace=False)
    if record["verdict"] != "inconclusive":
        return
    if is_an_error(record) or settings.inconclusive == "error":
        raise pytest.fail.Exception(junit_text(record), pytrace=False)
    if settings.inconclusive == "skip":
        raise pytest.skip.Exception(message(record))


def raise_for_call(record: Record) -> None:
    """Raise what is unmet, and what only ``fail`` policies let come so far."""
    if record["excused"]:
        # Raised, not called: pytest.xfail() does nothing under --runxfail, and the test would pass.
        raise pytest.xfail.Exception(record["excused"], pytrace=False)
    if record["verdict"] != "met":
        raise pytest.fail.Exception(junit_text(record), pytrace=False)
