"""DNS, SMTP, IMAP and HTTPS servers on loopback, described by a ``lab.yml``: the double suites are tried with.

Nothing a lab does leaves the machine. How to write one stands in ``suites/README.md``; that the
lab answers as real servers do is shown by ``tests/servers/``.
"""

from mailcheck.lab.description import Host, LabDescription, Resolver, Server, StaleZone
from mailcheck.lab.lab import Lab, Mapped
from mailcheck.lab.read import find_lab, read_lab

__all__ = [
    "Host",
    "Lab",
    "LabDescription",
    "Mapped",
    "Resolver",
    "Server",
    "StaleZone",
    "find_lab",
    "read_lab",
]
