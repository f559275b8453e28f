"""The rules by which a server loads a zone."""

from mailcheck.zones.loading.load import Loaded, load

__all__ = ["Loaded", "load"]
