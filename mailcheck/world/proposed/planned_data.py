"""The data of a planned record, read as servers read them in a master file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.name

from mailcheck.zones.reading.lexing import ascii_only, entries
from mailcheck.zones.reading.rdata_text import Fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dns.rdata import Rdata
    from dns.rdatatype import RdataType

    from mailcheck.zones.reading.rdata_text import Names


class PlannedData:
    """Reads the data of one record after the other; *names* keeps the names that it meets."""

    def __init__(self, names: Names) -> None:
        self._fields = Fields(names)

    def read(self, rdtype: RdataType, value: str) -> Rdata:
        """Return what *value* says, in presentation form with absolute names.

        Raises:
            ValueError: or an exception of dnspython, if they are no data of that type.
        """
        read = list(entries(ascii_only(f"@ {value}")))
        if len(read) != 1 or read[0].fault:
            raise ValueError(read[0].fault if read and read[0].fault else "it has several lines")
        fields: Sequence[str] = read[0].fields[1:]
        return self._fields.rdata(rdtype, fields, 0, dns.name.root)
