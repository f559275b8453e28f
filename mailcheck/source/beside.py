"""Files that a file names: they lie beside it or below, whatever the name and its links say."""

from __future__ import annotations

import errno
import os
from pathlib import Path, PurePosixPath


class OutsideError(Exception):
    """A name leads out of the folder of the file that names it."""


def beside(folder: Path, name: str) -> Path:
    """Return where the file that a file in *folder* calls *name* really lies.

    Raises:
        OutsideError: if that is elsewhere, by its name or through a symbolic link.
        OSError: if there is no such file, or no file can have such a name; its ``strerror`` says
            which.
    """
    steps = PurePosixPath(name.replace("\\", "/"))
    if steps.is_absolute() or ".." in steps.parts:
        raise OutsideError
    try:
        path = (folder / name).resolve(strict=True)
    except RuntimeError:  # how Python before 3.13 says it
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from None
    except ValueError:  # a NUL
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL)) from None
    if not path.is_relative_to(folder.resolve()):
        raise OutsideError
    return path
