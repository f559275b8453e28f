"""Values of slots that stand in files beside a suite or below it: read along with it.

A slot type whose values *may* stand there, such as a public key, has ``file``, the name of the file
where a text said only that, else empty, and ``read_from(text) -> Self``, which returns the value from
what the file holds. One whose values always do is a file type (:class:`mailcheck.slots.FileType`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.errors import SourceError
from mailcheck.source.nodes import Scalar

if TYPE_CHECKING:
    from mailcheck.errors import Place
    from mailcheck.slots import FileType, Slot
    from mailcheck.source.problems import Problems
    from mailcheck.suite.files import Files


def value_of(
    slot: Slot, text: str, place: Place, files: Files | None, problems: Problems
) -> Any | None:
    """Return what *text* says, from the one of *files* that it may name; None if there is none.

    What is wrong in the file of a file type is said at its place there.

    Raises:
        ValueError: if the text, or the file, holds no such value.
    """
    if slot.is_file:
        return _of_file(slot.type, Scalar(text, place), files, problems)
    value = slot.read(text)
    if slot.many or not hasattr(slot.type, "read_from") or not value.file:
        return value
    found = _found(Scalar(value.file, place), files, problems)
    return value.read_from(found[0]) if found else None


def _of_file(kind: FileType, name: Scalar, files: Files | None, problems: Problems) -> Any | None:
    found = _found(name, files, problems, kind.made_by)
    try:
        return kind.of_file(name.text, *found) if found else None
    except SourceError as error:
        for problem in error.problems:
            problems.add(problem.place, problem.what, problem.expected)
    return None


def _found(
    name: Scalar, files: Files | None, problems: Problems, hint: str = ""
) -> tuple[str, str] | None:
    """Return the text of a file and how messages call it; sentences in no suite have no files."""
    if files is not None:
        return files.text(name, problems, hint)
    what = f'"{name.text}" is a file, and only suites name files'
    problems.add(name.place, what, "put the sentence into a suite beside it")
    return None
