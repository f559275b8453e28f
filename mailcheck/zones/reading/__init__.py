"""Reading master files (RFC 1035 §5)."""

from mailcheck.zones.reading.including import IncludeError
from mailcheck.zones.reading.master_file import MasterFile, read_master_file

__all__ = ["IncludeError", "MasterFile", "read_master_file"]
