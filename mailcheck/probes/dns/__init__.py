"""Asks DNS servers: messages in, facts out; the sockets are in one module."""

from mailcheck.probes.dns.probe import DnsProbe

__all__ = ["DnsProbe"]
