"""SPF lets pass what it did when its lock was written.

Requires
    Every network that the lock has passes SPF still, by whichever term, and every term that nobody
    can list (``ptr``, ``exists``, a macro) stands in the record that had it. The lock is a file that
    ``mailcheck lock spf D`` wrote and somebody committed: ``spf-D.lock`` beside the suite, or
    ``lock``.

Why
    Most of a record stands in the includes of providers, who change them without a word. A network
    that leaves one takes senders with it that are in use; one that joins lets others pass in the
    domain's name. The change is in no repository of the domain's, so nobody reviews it.

Met when
    Nothing is lost. What could not be looked up does not count where all passes without it.

Unmet when
    network-lost: what the lock has does not pass any more.
        Mail from there fails SPF: "550 5.7.23 SPF validation failed" (RFC 7372 §3.2) where receivers
        refuse by it, and DMARC has only DKIM left to pass by.

Advises when
    networks-added: the record lets pass what the lock does not have.
        Whoever sends from there does so in the domain's name. If that is meant, write the lock anew.

Not judged here
    Whether it is too much: ``SPF of D authorises at most N addresses``. Terms that nobody can list
    are compared by their text; what they keep out is not taken away.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.spf.networks.lock import SpfLock
from mailcheck.facts.spf.networks.matching import matched, remedied
from mailcheck.facts.spf.networks.networks import SpfNetworks
from mailcheck.finding import Finding, Reason, Remedy
from mailcheck.names import Domain, to_u_labels
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class SpfMatchesItsLock:
    """The parameters of the sentence."""

    domain: Domain = slot("the domain of MAIL FROM")
    lock: SpfLock = slot(
        "the file, beside the suite or below, that `mailcheck lock spf` wrote",
        subjects=(),
        otherwise="spf-{domain}.lock",
    )

    def __post_init__(self) -> None:
        if self.lock.domain != self.domain:
            mine, other = to_u_labels(self.domain), to_u_labels(self.lock.domain)
            raise ValueError(
                f"{self.lock} is the lock of {other}, and the sentence is about {mine}"
            )


async def judge(wanted: SpfMatchesItsLock) -> Finding:
    """List what the record lets pass, and compare it with the lock."""
    return await matched(await SpfNetworks(wanted.domain), wanted.lock, wanted.domain)


def remedy(wanted: SpfMatchesItsLock, reason: Reason) -> Remedy:
    """The record with what was lost, or a new lock."""
    return remedied(reason, wanted.domain)


_SENTENCE = "SPF of example.com matches its lock"

_LOCK = """\
spf-lock: 1
domain: example.com
networks:
  example.com:
    - 192.0.2.0/24
  example.com > _spf.example.net:
    - 198.51.100.0/24
"""

_FILES = (("spf-example.com.lock", _LOCK),)

_RECORD = told("example.com TXT", '"v=spf1 ip4:192.0.2.0/24 include:_spf.example.net -all"')

CHECK = check(
    __doc__,
    template="SPF [of {domain}] matches its lock",
    parameters=SpfMatchesItsLock,
    judge=judge,
    remedy=remedy,
    sources=("RFC 7208 §4", "RFC 7208 §10.1.2", "RFC 7372 §3.2"),
    examples=(
        Example(
            "the provider added a network, which is advice",
            _SENTENCE,
            (_RECORD, told("_spf.example.net TXT", '"v=spf1 ip4:198.51.0.0/16 -all"')),
            ends="met",
            files=_FILES,
        ),
        Example(
            "the provider dropped a network",
            _SENTENCE,
            (_RECORD, told("_spf.example.net TXT", '"v=spf1 ip4:198.51.100.0/25 -all"')),
            ends="network-lost",
            files=_FILES,
        ),
        Example(
            "the include cannot be looked up",
            _SENTENCE,
            (_RECORD, told("_spf.example.net TXT", "TIMEOUT")),
            ends="inconclusive: timeout",
            files=_FILES,
        ),
    ),
)
