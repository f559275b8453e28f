"""Interrupts that a library took for a fault of its data.

dnspython wraps whatever is raised while it reads a record, ``KeyboardInterrupt`` too, in an error of
its own. Whoever then says that the data cannot be read has swallowed the Ctrl-C.
"""

from __future__ import annotations


def raise_swallowed(error: BaseException) -> None:
    """Raise what caused *error*, if that is no error but the end of the program or of a test.

    Raises:
        BaseException: the first cause that is no :class:`Exception`, such as an interrupt.
    """
    cause = error.__cause__
    while cause is not None:
        if not isinstance(cause, Exception):
            raise cause
        cause = cause.__cause__
