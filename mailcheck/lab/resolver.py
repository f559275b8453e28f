"""How a resolver of the lab answers its clients. Pure: message in, message or silence out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.edns
import dns.flags
import dns.message
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

from mailcheck.lab.authority import unanswerable
from mailcheck.lab.faults import Transport, disturb
from mailcheck.lab.recursion import Internet, Recursion, Resolved
from mailcheck.lab.stale import StaleCopies
from mailcheck.lab.wire import PAYLOAD

if TYPE_CHECKING:
    from mailcheck.lab.description import Resolver

_REWRITTEN_TTL = 60

_VERSION = {4: dns.rdatatype.A, 6: dns.rdatatype.AAAA}


class RecursiveResolver:
    """One declared resolver."""

    def __init__(self, described: Resolver, internet: Internet) -> None:
        self.described = described
        self._internet = internet
        self._stale = StaleCopies(described.stale)

    def respond(self, query: dns.message.Message, over: Transport) -> dns.message.Message | None:
        """Answer *query*, or say nothing. Without RD it is refused, as unbound does."""
        honest = self._answer(query)
        fault = self.described.faults.on(query)
        return honest if fault is None else disturb(fault, query, honest, over)

    def _answer(self, query: dns.message.Message) -> dns.message.Message:
        response = dns.message.make_response(query, recursion_available=True, our_payload=PAYLOAD)
        rcode = unanswerable(query)
        if rcode is None and not query.flags & dns.flags.RD:
            rcode = dns.rcode.REFUSED
        if rcode is not None:
            response.set_rcode(rcode)
            return response
        asked = query.question[0]
        recursion = Recursion(self._internet, self._stale)
        found = self._rewritten(recursion.resolve(asked.name, asked.rdtype), query)
        response.set_rcode(found.rcode)
        response.answer = list(found.answer)
        response.authority = list(found.authority)
        if found.why and query.edns >= 0:
            # RFC 8914: what `dig` shows under the answer.
            code = dns.edns.EDECode.NO_REACHABLE_AUTHORITY
            response.use_edns(payload=PAYLOAD, options=[dns.edns.EDEOption(code, found.why[:400])])
        return response

    def _rewritten(self, found: Resolved, query: dns.message.Message) -> Resolved:
        """Put the resolver's own addresses in place of NXDOMAIN, for address questions only."""
        asked = query.question[0]
        own = [a for a in self.described.rewrites if _VERSION[a.version] == asked.rdtype]
        if found.rcode != dns.rcode.NXDOMAIN or not own:
            return found
        owner = found.answer[-1][0].target if found.answer else asked.name
        texts = [str(address) for address in own]
        lie = dns.rrset.from_text_list(
            owner, _REWRITTEN_TTL, dns.rdataclass.IN, asked.rdtype, texts
        )
        return Resolved(dns.rcode.NOERROR, (*found.answer, lie))
