"""Whether the certificates that a server sends lead to an authority that the run trusts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self, TypeAlias

from mailcheck.evidence import Evidence, visible
from mailcheck.question import Question, question

if TYPE_CHECKING:
    from mailcheck.facts.tls.handshake import Tls

Problem: TypeAlias = Literal["self-signed", "chain-incomplete", "untrusted-issuer", "bad-chain"]
"""Why a chain leads nowhere.

``self-signed``: the server's own certificate is signed by itself. ``untrusted-issuer``: the chain
ends at a root that the run does not trust. ``chain-incomplete``: it ends below that: the issuer of
its last certificate was neither sent nor is it trusted. ``bad-chain``: it leads to a trusted
authority, and a certificate of it must not be relied on.
"""


@question
class ChainTrust(Question["ChainTrustFact"]):
    """Whether a *chain*, DER as the server sent it and its own first, leads to a trusted authority.

    The world answers, which knows the authorities and the day; nobody is asked. Whom the certificate
    is for, and whether it has itself expired, is no part of the answer.
    """

    chain: tuple[bytes, ...]

    @classmethod
    def of(cls, tls: Tls) -> Self:
        """Ask about the chain that a handshake showed."""
        return cls(tuple(certificate.der for certificate in tls.chain))


@dataclass(frozen=True, slots=True)
class ChainTrustFact:
    """``problem`` is None if the chain can be trusted; ``text`` says more, and is fit to be shown.

    ``subject`` is that of the server's own certificate.
    """

    subject: str
    problem: Problem | None = None
    text: str = ""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Nothing for a chain that is trusted; a line for any other."""
        if self.problem is None:
            return ()
        whose = visible(self.subject, 100) or "a certificate without subject"
        return (Evidence(f"chain of {whose}", self.text),)


def told_trust(
    tls: Tls, problem: Problem | None = None, text: str = "not trusted"
) -> tuple[ChainTrust, ChainTrustFact]:
    """Write down by hand whether the chain of a handshake is trusted, or what is wrong with it."""
    fact = ChainTrustFact(tls.certificate.subject, problem, text if problem else "")
    return ChainTrust.of(tls), fact
