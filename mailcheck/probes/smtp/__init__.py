"""Holds SMTP sessions: connect, hear the greeting, say EHLO (or HELO), STARTTLS, QUIT."""

from mailcheck.probes.smtp.probe import SmtpProbe
from mailcheck.probes.smtp.session import Timeouts

__all__ = ["SmtpProbe", "Timeouts"]
