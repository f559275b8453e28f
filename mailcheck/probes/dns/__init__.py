"""Asks DNS servers.

A question becomes a *course*: one query on its way through servers. Each try is an *attempt* on
the *channel* to a server, or a stream. Sockets are in ``datagrams.udp`` and ``streams``; the rest
is octets and a clock.
"""

from mailcheck.probes.dns.probe import DnsProbe

__all__ = ["DnsProbe"]
