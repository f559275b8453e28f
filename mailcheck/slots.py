"""What a slot or option of a sentence may hold, decided by the type of the check's parameter.

A parameter dataclass is the whole contract of a check with the language: the fields a template
names are its slots, the others its options. Each field's annotation is one of

* ``str`` (any text), ``int``, ``bool``, a ``Literal`` of texts,
* :data:`mailcheck.names.Address`,
* a *slot type*: a class with ``parse(text) -> Self`` (raising ``ValueError``) and ``expected``,
  like those of :mod:`mailcheck.names`; checks may bring their own, and have their values stand in
  files (:mod:`mailcheck.suite.value_files`),
* a *file type*: a class with ``of_file(name, text, shown_as) -> Self``, for an option that names a
  file beside the suite, which is read along with it,
* ``tuple[X, ...]`` of one of these: a list,
* any of these ``| None``.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from mailcheck.errors import CatalogueError
from mailcheck.names import Address, parse_address, to_u_labels, written_out

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")


@runtime_checkable
class SlotType(Protocol):
    """A class whose values are read from one word of a sentence."""

    expected: typing.ClassVar[str]

    @classmethod
    def parse(cls, text: str) -> Any:
        """Read *text* or raise ``ValueError``."""


@runtime_checkable
class FileType(Protocol):
    """A class whose values are what stands in a file beside the suite.

    ``made_by`` says how such a file comes about, for whoever has none.
    """

    expected: typing.ClassVar[str]
    made_by: typing.ClassVar[str]

    @classmethod
    def of_file(cls, name: str, text: str, shown_as: str) -> Any:
        """Read the *text* of the file called *name*, or raise ``SourceError``.

        Messages call it *shown_as*; the ``str`` of the value is its name again.
        """


@dataclass(frozen=True, slots=True)
class Slot:
    """How one field of a parameter dataclass is read, defaulted and described.

    ``subjects`` are the keys of ``for`` that fill the field when a sentence leaves it out, first
    one first. ``unless`` names a field that, if filled, leaves this one empty.
    """

    name: str
    type: Any
    many: bool
    optional: bool
    default: Any
    subjects: tuple[str, ...]
    unless: str
    help: str
    otherwise: str = ""
    is_file: bool = False

    @property
    def required(self) -> bool:
        """Whether a value must come from the sentence, an option or ``for``."""
        return self.default is dataclasses.MISSING and not self.otherwise

    def text_otherwise(self, values: Mapping[str, Any]) -> str:
        """Return the text that is read where nobody gives one, made from the other *values*."""
        return self.otherwise.format_map({name: str(value) for name, value in values.items()})

    @property
    def takes_nothing(self) -> bool:
        """Whether ``""`` is a value: not of any text, but of a slot type that reads it."""
        return hasattr(self.type, "parse") and self.accepts("")

    def read(self, text: str) -> Any:
        """Read one sentence token (``a, b`` for lists).

        Raises:
            ValueError: with what was expected.
        """
        if not self.many:
            return read_one(self.type, text)
        return tuple(read_one(self.type, part.strip()) for part in text.split(","))

    def accepts(self, text: str) -> bool:
        """Whether :meth:`read` would take *text*."""
        try:
            self.read(text)
        except ValueError:
            return False
        return True


def slot(
    help: str,  # noqa: A002  the word users of this function expect, as in argparse
    *,
    default: Any = dataclasses.MISSING,
    subjects: tuple[str, ...] | None = None,
    unless: str = "",
    otherwise: str = "",
) -> Any:
    """Declare a field of a parameter dataclass.

    *help* is the line the generated catalogue shows. *subjects* defaults to the field's own name
    for slots; give ``()`` for a slot that ``for`` never fills. *unless* names a sibling field. *otherwise* is a text such as
    ``{domain}.txt``, for a slot that others tell.
    """
    metadata = {"help": help, "subjects": subjects, "unless": unless, "otherwise": otherwise}
    return dataclasses.field(default=default, metadata=metadata)


def slots_of(parameters: type) -> dict[str, Slot]:
    """Return the slots of a parameter dataclass by field name, in their order.

    Raises:
        CatalogueError: if a field has a type no sentence can fill.
    """
    hints = typing.get_type_hints(parameters)
    return {f.name: _slot(f, hints[f.name]) for f in dataclasses.fields(parameters)}


def _slot(field: dataclasses.Field[Any], hint: Any) -> Slot:
    optional = False
    if typing.get_origin(hint) in (typing.Union, types.UnionType) and hint != Address:
        members = [m for m in typing.get_args(hint) if m is not type(None)]
        optional = len(members) < len(typing.get_args(hint))
        hint = members[0] if len(members) == 1 else typing.Union[tuple(members)]  # noqa: UP007  built at run time
    many = typing.get_origin(hint) is tuple
    inner = typing.get_args(hint)[0] if many else hint
    _check_type(field.name, inner)
    given = field.metadata.get("subjects")
    return Slot(
        name=field.name,
        type=inner,
        many=many,
        optional=optional,
        default=field.default,
        subjects=(field.name,) if given is None else given,
        unless=field.metadata.get("unless", ""),
        help=field.metadata.get("help", ""),
        otherwise=field.metadata.get("otherwise", ""),
        is_file=isinstance(inner, type) and isinstance(inner, FileType),
    )


def _check_type(name: str, hint: Any) -> None:
    if hint in (str, int, bool) or hint == Address or typing.get_origin(hint) is typing.Literal:
        return
    if isinstance(hint, type) and isinstance(hint, SlotType | FileType):
        return
    raise CatalogueError(f"field {name!r} has type {hint!r}, which no sentence can fill")


def read_one(kind: Any, text: str) -> Any:
    """Read one value of type *kind* from *text*.

    Raises:
        ValueError: with what was found and what was expected.
    """
    if kind is str:
        return text
    if kind is bool:
        if text.lower() in ("true", "yes", "on"):
            return True
        if text.lower() in ("false", "no", "off"):
            return False
        raise ValueError(f"{text!r} is not true or false")
    if kind is int:
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise ValueError(f"{text!r} is not a whole number")
        return int(text)
    if hasattr(kind, "parse"):
        return kind.parse(text)
    if kind == Address:
        return parse_address(text)
    choices = {str(c).lower(): c for c in typing.get_args(kind)}
    if text.lower() in choices:
        return choices[text.lower()]
    raise ValueError(f"{text!r} is not one of {', '.join(choices)}")


def expected(kind: Any) -> str:
    """Say in a few words what a value of type *kind* looks like."""
    if kind == Address:
        return "an IP address such as 203.0.113.25"
    if typing.get_origin(kind) is typing.Literal:
        return "one of " + ", ".join(map(str, typing.get_args(kind)))
    plain = {str: "a text", int: "a whole number", bool: "true or false"}
    return plain.get(kind) or str(kind.expected)


def show(value: Any) -> str:
    """Write *value* as a sentence would: IPv6 without ``::``, names in U-labels, lists with commas."""
    if isinstance(value, tuple):
        return ", ".join(map(show, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Address):
        return written_out(value)
    return to_u_labels(value) if isinstance(value, str) else str(value)
