"""What an error of a stream means for a query."""

from __future__ import annotations

import errno
import os
from typing import Literal

import pytest

from mailcheck.facts.dns import NameServer
from mailcheck.names import parse_address
from mailcheck.probes.dns.streams.broken import SCARCE, Broken, broken


def chained(error: OSError) -> Exception:
    """As a library raises it, from *error* of the kernel."""
    wrapped = Exception("all attempts failed")
    wrapped.__cause__ = error
    return wrapped


@pytest.mark.parametrize("number", sorted(SCARCE))
@pytest.mark.parametrize("protocol", ["dns", "tls", "https"])
def test_what_this_machine_lacks_is_not_the_servers_fault(
    protocol: Literal["dns", "tls", "https"], number: int
) -> None:
    server = NameServer(parse_address("192.0.2.1"), protocol=protocol)
    expected = Broken("unreachable", os.strerror(number), is_ours=True)
    assert broken(OSError(number, "x"), server) == expected
    assert broken(chained(OSError(number, "x")), server) == expected


def test_the_words_of_the_kernel_are_kept() -> None:
    server = NameServer(parse_address("192.0.2.1"), protocol="tls")
    told = broken(chained(OSError(errno.EHOSTUNREACH, "x")), server)
    assert told == Broken("unreachable", "No route to host", may_pass=True)
    assert broken(EOFError(), server) == Broken("unreachable", "the server hangs up", may_pass=True)


def test_our_own_limit_of_time_is_told_from_the_kernels() -> None:
    server = NameServer(parse_address("192.0.2.1"), protocol="tls")
    assert broken(TimeoutError(), server) == Broken("timeout", "")
    kernels = OSError(errno.ETIMEDOUT, "x")
    assert broken(kernels, server) == Broken("unreachable", "Connection timed out", may_pass=True)
