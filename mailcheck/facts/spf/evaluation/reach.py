"""Whether a client that SPF is evaluated for can come from the Internet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.scope import AddressScope, scope_of
from mailcheck.finding import Advice
from mailcheck.question import NotObserved

if TYPE_CHECKING:
    from mailcheck.names import Address

CLIENT_NOT_PUBLIC = "client-not-public"

ADVICE = f"""
{CLIENT_NOT_PUBLIC}: the address is not public, so no receiver on the Internet sees a client there.
    The result is that of receivers in the same network. Others see the address that mail leaves the
    network from.
"""
"""The tag of :func:`on_reach`, in the form of a check's page."""


async def on_reach(ip: Address) -> tuple[Advice, ...]:
    """Advise on *ip* if no receiver on the Internet sees a client there.

    The run may allow networks that IANA sets aside, and the lab has those of documentation.
    """
    if scope_of(ip).public:
        return ()
    try:
        scope = await AddressScope(ip)
    except NotObserved:
        return ()  # which is no reason not to know the result
    if scope.public:
        return ()
    text = (
        f"{ip} is not public ({scope.special}): receivers on the Internet see another address; "
        "--mail-private-networks allows it"
    )
    return (Advice(CLIENT_NOT_PUBLIC, text),)
