"""Answers whether chains of certificates lead to an authority that the run trusts."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from mailcheck.facts.tls.path import trust_of
from mailcheck.probes.crash import crashed
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

    from mailcheck.facts.tls.trust import ChainTrust, ChainTrustFact

NO_ANCHORS = Unobserved(
    "no-trust-anchors",
    "no certification authorities were found on this machine; install ca-certificates, "
    "or name a PEM bundle with --mail-ca-file",
    shared="trust-anchors",
)


class Trust:
    """Answers :class:`mailcheck.facts.tls.trust.ChainTrust` as of *today*.

    *anchors* reads the certificates of the authorities, DER. It is called once, when somebody asks:
    most runs see no certificate.
    """

    def __init__(self, anchors: Callable[[], tuple[bytes, ...]], today: datetime.date) -> None:
        self._read = anchors
        self._today = today

    @cached_property
    def _anchors(self) -> tuple[bytes, ...]:
        return self._read()

    def answer(self, asked: ChainTrust) -> ChainTrustFact | Unobserved:
        """Verify a chain; nobody is asked."""
        try:
            if not self._anchors:
                return NO_ANCHORS
            return trust_of(asked.chain, self._anchors, self._today)
        except Exception as error:  # noqa: BLE001  a bug ends its question, not the run
            return crashed(error)
