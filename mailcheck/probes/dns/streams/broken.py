"""Why a stream brought no response: errors of sockets, of TLS and of HTTP, put in our words."""

from __future__ import annotations

import errno
import os
import ssl
from typing import TYPE_CHECKING, NamedTuple

from mailcheck.evidence import visible

if TYPE_CHECKING:
    from mailcheck.facts.dns import NameServer

SCARCE = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
"""What this machine lacks at the moment: the server has nothing to do with it."""


class Broken(NamedTuple):
    """A cause, and what it looked like; ``is_ours`` if this machine is to blame.

    It ``may_pass`` if it is what a server looks like that restarts.
    """

    cause: str
    detail: str
    is_ours: bool = False
    may_pass: bool = False


MISMATCHED = Broken("malformed", "it answers what was not asked")


def broken(error: BaseException, server: NameServer) -> Broken:
    """Say what *error* means for a query that was on its way to *server*."""
    root = root_of(error)
    if isinstance(root, ssl.SSLCertVerificationError):
        return Broken("unreachable", _not_valid(root, server))
    if isinstance(root, ssl.SSLError):
        return Broken("unreachable", f"TLS fails: {root.reason or root}")
    number = root.errno if isinstance(root, OSError) else None
    if isinstance(root, TimeoutError) and number is None:  # ours; the kernel's has a number
        return too_slow(server)
    words = os.strerror(number) if number else ""
    if number in SCARCE:
        return Broken("unreachable", words, is_ours=True)
    if server.protocol == "dns":
        # It has answered, if only that the answer is too long for a datagram.
        detail = f"the server takes no TCP connection: {words}" if words else "it hangs up over TCP"
        return Broken("truncated", detail)
    if isinstance(root, (OSError, EOFError)):
        return Broken("unreachable", words or "the server hangs up", may_pass=True)
    return Broken("unreachable", visible(str(error) or type(error).__name__))


def too_slow(server: NameServer) -> Broken:
    """Say that no answer came in time."""
    if server.protocol == "dns":
        return Broken("truncated", "the whole answer did not come over TCP")
    return Broken("timeout", "")


def root_of(error: BaseException) -> BaseException:
    """Return the error of the kernel or of TLS that others were raised from, if one was."""
    at: BaseException | None = error
    while at is not None:
        if isinstance(at, ssl.SSLError) or (isinstance(at, OSError) and at.errno):
            return at
        at = at.__cause__ or at.__context__
    return error


def _not_valid(error: ssl.SSLCertVerificationError, server: NameServer) -> str:
    name = server.authentication or str(server.address)
    text = f"the server's certificate is not valid for {name}"
    # OpenSSL's own words for a name that does not match say the same again.
    is_mismatch = "mismatch" in error.verify_message
    return text if is_mismatch else f"{text}: {error.verify_message}"
