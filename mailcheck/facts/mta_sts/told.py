"""What policy hosts serve, written down by hand for examples and tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailcheck.facts.https import HttpsGet, HttpsGetFact
from mailcheck.facts.mta_sts.fetching import PATH, fetch_from
from mailcheck.facts.tls.handshake import told_tls
from mailcheck.names import parse_address

if TYPE_CHECKING:
    from mailcheck.facts.tls.handshake import NoTls, Tls
    from mailcheck.question import Unobserved

_CAUSE = re.compile(r"[A-Z][A-Z0-9-]*")


def told_policy(
    at: str,
    says: str,
    *,
    status: int = 200,
    content_type: str = "text/plain",
    location: str = "",
    tls: Tls | NoTls | None = None,
    breaks: str = "",
    is_cut_short: bool = False,
) -> tuple[HttpsGet, HttpsGetFact | Unobserved]:
    r"""Write down a fetch, as a question and its answer.

    *at* is ``HOST ADDRESS``. *says* is the body, or ``REFUSED``, or a cause in capitals
    (``TIMEOUT``). Without *tls* the certificate is for the host. *breaks* is the cause for which the
    response broke off; with a *status* of 0 none came::

        told_policy("mta-sts.example.com 192.0.2.80", "version: STSv1\nmode: none\nmax_age: 0\n")
        told_policy("mta-sts.example.com 192.0.2.80", "", status=301, location="https://www/")
    """
    host, _, address = at.partition(" ")
    asks = fetch_from(parse_address(address), host)
    nothing = HttpsGetFact(asks.address, asks.port, host, PATH)
    if says == "REFUSED":
        return asks, HttpsGetFact(asks.address, asks.port, host, PATH, refused=True)
    if _CAUSE.fullmatch(says):
        return asks, nothing.broken_off("connect", says.lower(), says.lower(), says.lower())
    broken = nothing.broken_off("GET", breaks, breaks, breaks) if breaks else None
    fact = HttpsGetFact(
        asks.address, asks.port, host, PATH, tls=tls or told_tls(host), status=status or None,
        content_type=content_type, location=location, body=says.encode(),
        is_cut_short=is_cut_short, broken=broken,
    )  # fmt: skip
    return asks, fact
