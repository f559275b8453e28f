"""HTTPS: one GET of one address, which follows nobody's redirects."""

from mailcheck.probes.https.probe import HttpsProbe
from mailcheck.probes.https.request import Timeouts

__all__ = ["HttpsProbe", "Timeouts"]
