"""``mailcheck lock``: files of what others publish, to be committed beside a suite."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mailcheck.cli.configuration import run_options


@click.group()
def lock() -> None:
    """Write down what others publish, for sentences that tell when it changes."""


@lock.command()
@run_options
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write; spf-DOMAIN.lock in the current folder, if not given.",
)
@click.argument("domains", nargs=-1, required=True, metavar="DOMAIN...")
def spf(*, domains: tuple[str, ...], output: Path | None, **given: Any) -> None:
    """Write the networks that SPF of each DOMAIN lets pass.

    The file is for the sentence "SPF of DOMAIN matches its lock", and lies beside the suite that
    says it. Where there is one already, what changes is shown; it is not touched if nothing does.
    What cannot be found out in full is not written.

    The exit status is 0 if all are written or unchanged, 1 if a domain has no record that receivers
    can evaluate, 2 if something given cannot be read or used, 3 if something could not be looked up.
    """
    from mailcheck.cli.locking import lock_spf

    click.get_current_context().exit(lock_spf(domains, output, given))
