"""The state of reading a master file: origin, owner and TTL, and what each entry makes of them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import dns.exception
import dns.name
import dns.rdata
import dns.rdatatype
from dns.rdtypes.ANY.SOA import SOA

from mailcheck.errors import Place, Problem
from mailcheck.evidence import visible
from mailcheck.interrupts import raise_swallowed
from mailcheck.zones.placed import PlacedRecord
from mailcheck.zones.reading.generating import Generator
from mailcheck.zones.reading.heads import A_RECORD, Heads, UnreadableError
from mailcheck.zones.reading.including import Files, OpenFile
from mailcheck.zones.reading.lexing import NOTHING, Entry, Quoted, ascii_only, entries
from mailcheck.zones.reading.rdata_text import Fields, Names, clause, seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dns.rdatatype import RdataType

    from mailcheck.zones.reading.including import Include


MAX_PROBLEMS = 50

_DIRECTIVES = {
    "$ORIGIN": "expected $ORIGIN NAME",
    "$TTL": "expected $TTL 3600, or such as $TTL 1h",
    "$INCLUDE": "expected $INCLUDE FILE [ORIGIN]",
    "$GENERATE": "expected $GENERATE START-STOP[/STEP] NAME [TTL] [IN] TYPE DATA",
    "$DATE": "expected $DATE YYYYMMDDHHMMSS",
}


class FoundSoa(Exception):
    """Raised when only the zone's name is sought: the owner of the first SOA, if it has one."""

    def __init__(self, owner: dns.name.Name | None) -> None:
        super().__init__()
        self.owner = owner


class _TooManyError(Exception):
    """So many problems that the rest is better not read."""


class Reader:
    """Reads a master file and those it includes.

    ``seeking``: nothing is kept, and the first SOA ends it with :class:`FoundSoa`.
    """

    def __init__(
        self, zone: dns.name.Name | None, include: Include, *, seeking: bool = False
    ) -> None:
        self.records: list[PlacedRecord] = []
        self.files = Files(include)
        self.problems: list[Problem] = []
        self._zone = zone
        self._seeking = seeking
        self._names = Names()
        self._fields = Fields(self._names)
        self._heads = Heads()
        self._ttl: int | None = None
        self._default_ttl: int | None = None
        self._owner: dns.name.Name | None = None
        self._first: dict[RdataType, int] = {}
        self._generator = Generator()

    def read(self, text: str, shown: str) -> None:
        """Read the file and those it includes; problems end with it, or with one too many."""
        with suppress(_TooManyError):
            self._read(OpenFile(shown, text, self._zone, None))

    def _read(self, file: OpenFile) -> None:
        self.files.begin(file.shown, file.text)
        for entry in entries(ascii_only(file.text)):
            try:
                self._entry(file, entry)
            except UnreadableError as error:
                self._problem(file, entry.line, str(error), error.expected)
            except (dns.exception.DNSException, ValueError) as error:
                raise_swallowed(error)
                self._problem(file, entry.line, clause(error), A_RECORD)
        self.files.end()

    def _problem(self, file: OpenFile, line: int, what: str, expected: str) -> None:
        shown = visible(file.line(line).strip(), 60)
        place = Place(file.shown, line)
        self.problems.append(Problem(place, f'"{shown}" cannot be read: {what}', expected))
        if len(self.problems) >= MAX_PROBLEMS:
            below = Place(file.shown, line + 1)
            what = f"{MAX_PROBLEMS} problems are shown"
            self.problems.append(Problem(below, what, "the rest of the file was not read"))
            raise _TooManyError

    def _entry(self, file: OpenFile, entry: Entry) -> None:
        if entry.fault:
            raise UnreadableError(entry.fault)
        fields = entry.fields
        if not entry.blank and fields[0].startswith("$"):
            self._directive(file, entry)
            return
        if not entry.blank:
            self._own(file, fields[0])
        elif file.skips:
            return
        rdtype, at, ttl = self._heads.read(fields, 0 if entry.blank else 1)
        self._ttl = self._ttl if ttl is None else ttl
        if self._seeking:
            if rdtype == dns.rdatatype.SOA:
                raise FoundSoa(file.owner)
            return
        if file.owner is None:
            raise UnreadableError("no name stands before it")
        assert file.origin is not None
        rdata = self._fields.rdata(rdtype, fields, at, file.origin)
        self._add(file, entry.line, file.owner, ttl, rdata)

    def _own(self, file: OpenFile, text: str) -> None:
        """Give *file* the owner *text*; if that is none, entries below it are skipped."""
        file.owner, file.skips = None, not self._seeking
        try:
            file.owner = self._names.name(text, file.origin)
        except (dns.exception.DNSException, ValueError):
            if not self._seeking:
                raise
        file.skips = False

    def _add(
        self,
        file: OpenFile,
        line: int,
        owner: dns.name.Name,
        ttl: int | None,
        rdata: dns.rdata.Rdata,
    ) -> None:
        if ttl is None:
            ttl = self._default_ttl
        if ttl is None:
            ttl = self._inherited(owner, rdata)
        if self._default_ttl is None and self._is_loaded(owner):
            # named gives an RRset its first record's TTL, and inherits that.
            if owner != self._owner:
                self._owner, self._first = owner, {}
            self._ttl = self._first.setdefault(rdata.rdtype, ttl)
        self.records.append(PlacedRecord(owner, ttl, rdata, file.shown, line))

    def _inherited(self, owner: dns.name.Name, rdata: dns.rdata.Rdata) -> int:
        """Return the TTL of a record without one, where no $TTL stands before it."""
        if self._ttl is not None:
            return self._ttl
        if isinstance(rdata, SOA):
            self._default_ttl = rdata.minimum
            return self._default_ttl
        if not self._is_loaded(owner):
            return 0  # named does not ask for the TTL of what it leaves out
        self._default_ttl = 0  # so that this is said once
        raise UnreadableError("it has no TTL, nor has any before it", "expected a line $TTL 3600")

    def _is_loaded(self, owner: dns.name.Name) -> bool:
        return self._zone is None or owner.is_subdomain(self._zone)

    def _directive(self, file: OpenFile, entry: Entry) -> None:
        name, *arguments = entry.fields
        directive = name.upper()
        expected = _DIRECTIVES.get(directive)
        if expected is None:
            known = ", ".join(_DIRECTIVES)
            raise UnreadableError(f"there is no directive {visible(name, 20)}", f"known: {known}")
        if entry.cut and (directive, len(arguments)) != ("$INCLUDE", 1):
            raise UnreadableError("the file ends with it", "expected a line end, as named does")
        try:
            obeyed = self._obey(file, entry, directive, arguments)
        except (dns.exception.DNSException, ValueError) as error:
            raise_swallowed(error)
            raise UnreadableError(str(error).rstrip("."), expected) from None
        if not obeyed:
            raise UnreadableError("it is incomplete or has too much", expected)

    def _obey(self, file: OpenFile, entry: Entry, directive: str, arguments: Sequence[str]) -> bool:
        """Do as *directive* says, and say whether it can be understood."""
        match directive, arguments:
            case "$ORIGIN", [origin] if not isinstance(origin, Quoted):
                file.origin = self._names.name(origin, file.origin)
            case "$TTL", [text] if not isinstance(text, Quoted):
                if (ttl := seconds(text)) is None:
                    return False
                self._default_ttl = ttl
            case "$INCLUDE", [path]:
                self._nest(file, path, file.origin)
            case "$INCLUDE", [path, origin] if not isinstance(origin, Quoted):
                self._nest(file, path, self._names.name(origin, file.origin))
            case "$GENERATE", [numbers, owner, *_, _, data] if not isinstance(owner, Quoted):
                if not self._seeking:
                    self._generate(file, entry, numbers, (owner, data))
            case "$DATE", [date]:  # when a server wrote the file: of no weight to who loads it
                return len(date) == 14 and date.isdigit()
            case _:
                return False
        return True

    def _nest(self, file: OpenFile, path: str, origin: dns.name.Name | None) -> None:
        """Read the file *path*; its origin and owners end with it, its $TTL does not."""
        shown, text = self.files.included(path)
        self._owner = None
        self._read(OpenFile(shown, text, origin, file.owner))
        self._owner = None

    def _generate(
        self, file: OpenFile, entry: Entry, numbers: str, templates: tuple[str, str]
    ) -> None:
        owner, data = templates
        rdtype, at, ttl = self._heads.read(entry.fields, 3)
        self._ttl = self._ttl if ttl is None else ttl
        if at != len(entry.fields) - 1:
            raise ValueError("DATA of several words stands in quotes")
        if isinstance(data, Quoted):
            data = data.replace('\\"', '"')
        assert file.origin is not None
        for name, text in self._generator.lines(numbers, owner, data):
            made = next(entries(text), NOTHING)
            if made.fault:
                raise ValueError(made.fault)
            made_for = self._names.name(name, file.origin)
            if self._is_loaded(made_for):
                rdata = self._fields.rdata(rdtype, made.fields, 0, file.origin)
                self._add(file, entry.line, made_for, ttl, rdata)
