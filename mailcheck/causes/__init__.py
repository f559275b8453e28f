"""Why something could not be found out: every cause there is, what it means, and what to do.

A cause is the stable word behind ``inconclusive`` or ``not evaluated``. The text beside it says
what happened this time; these tables say what it means at any time.
"""

from __future__ import annotations

import re

from mailcheck.causes.cause import OTHER_RCODE, Cause
from mailcheck.causes.dns import DNS
from mailcheck.causes.lists import LISTS
from mailcheck.causes.mail import MAIL
from mailcheck.causes.run import IN_A_CHANGE, RUN

__all__ = ["CAUSES", "IN_A_CHANGE", "OTHER_RCODE", "Cause", "explained"]

CAUSES: dict[str, Cause] = {**DNS, **LISTS, **MAIL, **RUN}

_OTHER_RCODE = re.compile(r"rcode-[0-9]+|(yx|nx)rrset|yxdomain|not(auth|zone)|dsotypeni|bad[a-z]+")


def explained(cause: str) -> Cause | None:
    """Return what is said of *cause*; None if there is no such cause."""
    return CAUSES.get(OTHER_RCODE if _OTHER_RCODE.fullmatch(cause) else cause)
