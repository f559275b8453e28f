"""DNS lists of addresses and domains: what is known of each, as data that people can read."""

from mailcheck.blocklists.blocklist import Blocklist, Category, ListPoints, Meaning
from mailcheck.blocklists.registry import Registry

__all__ = ["Blocklist", "Category", "ListPoints", "Meaning", "Registry"]
