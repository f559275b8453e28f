"""Holds IMAP sessions: connect, hear the greeting, say CAPABILITY, STARTTLS, LOGOUT."""

from mailcheck.probes.imap.probe import ImapProbe
from mailcheck.probes.imap.session import Timeouts

__all__ = ["ImapProbe", "Timeouts"]
