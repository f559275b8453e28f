"""Values of slots that stand in files below a suite, such as public keys.

A slot type that takes them has ``file``, the name of the file where a text said only that, else
empty, and ``read_from(text) -> Self``, which returns the value from what the file holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.source.nodes import Scalar

if TYPE_CHECKING:
    from mailcheck.errors import Place
    from mailcheck.slots import Slot
    from mailcheck.source.problems import Problems
    from mailcheck.suite.subject_files import Folder


def value_of(
    slot: Slot, text: str, place: Place, folder: Folder | None, problems: Problems
) -> Any | None:
    """Return what *text* says, from the file in *folder* that it may name; None if there is none.

    Sentences that stand in no suite have no folder.

    Raises:
        ValueError: if the text, or the file, holds no such value.
    """
    value = slot.read(text)
    if slot.many or not hasattr(slot.type, "read_from") or not value.file:
        return value
    if folder is None:
        what = f'"{value.file}" is a file, and only suites name files'
        problems.add(place, what, "put the sentence into a suite beside it")
        return None
    found = folder.text(Scalar(value.file, place), problems)
    return value.read_from(found[0]) if found else None
