"""The command ``mailcheck``: judges sentences at the shell, and tells what can be said.

This module is what every call imports, so it imports click and little else; each command imports
what it needs when it is called.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import mailcheck
from mailcheck.cli.configuration import as_typed, configured, project, run_options
from mailcheck.cli.lock import lock
from mailcheck.errors import MailcheckError, SourceError
from mailcheck.evidence import visible

if TYPE_CHECKING:
    from mailcheck.catalogue import Catalogue

WRONG = 2
"""The exit status of a call that is wrong; click's own."""

LONGEST = 2000
"""Characters of one line of a message."""

INTERRUPTED = 130
BROKEN_PIPE = 141
"""What shells report of a process that ended by SIGINT and by SIGPIPE: never a verdict."""


class Refused(click.ClickException):
    """Something the user gave cannot be used; the message needs no more than to be shown."""

    exit_code = WRONG

    def show(self, file: Any = None) -> None:
        """Write the message to standard error."""
        lines = self.message.split("\n")
        click.echo("\n".join(visible(line, LONGEST) for line in lines), file=file, err=True)


class Mailcheck(click.Group):
    """The group of all commands: what they raise becomes a message and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named.

        Only what is given to ``ctx.exit`` becomes the exit status: 0 and 1 are verdicts, and no
        accident may be taken for one.
        """
        if sys.stdout is None:  # closed by whoever started us: nobody would learn of a verdict
            raise Refused("mailcheck: standard output is closed")
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except SourceError as error:
            raise Refused(str(error)) from None
        except MailcheckError as error:
            raise Refused(as_typed(f"mailcheck: {error}")) from None
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            _drop_output()
            ctx.exit(BROKEN_PIPE)
        except OSError as error:
            _flush_or_drop_output()
            raise Refused(f"mailcheck: {error}") from None
        except SystemExit as error:
            raise Refused(f"mailcheck: {_ended_by(error)}") from None
        except BaseException:  # noqa: BLE001  Python would exit with 1, which is a verdict
            traceback.print_exc()
            ctx.exit(WRONG)
        return result


def _ended_by(error: SystemExit) -> str:
    """Say which line ended the program: not one of ours, but perhaps of a check."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{frame.filename}:{frame.lineno} ends the program (SystemExit: {error.code!r})"


def _flush_or_drop_output() -> None:
    """Write what is still to be written; a full disk would be told of a second time at the end."""
    try:
        sys.stdout.flush()
    except OSError:
        _drop_output()


def _drop_output() -> None:
    """Give the interpreter somewhere to flush to when it ends; nobody reads our output."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def _without_mail(name: str) -> str:
    """Take ``--mail-live`` for ``--live``: reports and pages name options as pytest has them."""
    return name.removeprefix("mail-")


@click.group(
    cls=Mailcheck,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "token_normalize_func": _without_mail,
    },
)
@click.version_option(mailcheck.__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Judge sentences about mail, such as "domain example.com has MX"."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            # Evidence has arrows and names of every script; a terminal that cannot show them
            # shows escapes.
            reconfigure(errors="backslashreplace")


@main.command()
@run_options
@click.option("--json", "as_json", is_flag=True, help="Write one line of JSON per requirement.")
@click.argument("items", nargs=-1, required=True, metavar="SENTENCE|FILE...")
def check(*, items: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Judge sentences, and the suites in files.

    A SENTENCE is read as an item of `checks` in a suite: '{domain example.com has MX: {at_least:
    2}}' works. A FILE is a suite, a folder stands for all suites below it, and - reads one
    sentence per line from standard input.

    The exit status is 0 if all are met, 1 if one is unmet, 2 if something given cannot be read or
    used, 3 if nothing is unmet and something is inconclusive, or nothing could be evaluated.
    """
    from mailcheck.cli.check import check_items

    status = check_items(items, given, as_json=as_json)
    for item in filter(_no_file, items):
        note = f'mailcheck: "{item}" is read as a sentence, and there is no such file'
        click.echo(visible(note, LONGEST), err=True)
    click.get_current_context().exit(status)


def _no_file(item: str) -> bool:
    """Whether *item* was taken for a sentence and looks like the path of a file."""
    from mailcheck.cli.items import STDIN, is_file

    folder, slash, _ = item.rpartition("/")
    below_a_folder = slash and os.path.isdir(folder)  # noqa: PTH112  no file name is too long for it
    return (len(item.split()) == 1 or bool(below_a_folder)) and item != STDIN and not is_file(item)


@main.command("list")
def list_() -> None:
    """List the sentences there are."""
    from mailcheck.cli.table import Table

    checks = list(_catalogue())
    rows = [(check.template.text, name, check.title) for name, check in checks]
    table = Table.fitting(rows)
    for row in rows:
        table.row(*row)


@main.command()
@click.argument("name", metavar="CHECK|TAG|CAUSE|SENTENCE")
def explain(name: str) -> None:
    """Show the page of a check, by its name or by a sentence, or what a tag or a cause means."""
    from mailcheck.causes import explained
    from mailcheck.pages import explain_cause, explain_check, explain_tag

    catalogue = _catalogue()
    check_id = name if name in catalogue.templates else _check_of(name, catalogue)
    if check_id:
        click.echo(explain_check(check_id, catalogue.check(check_id)), nl=False)
    elif catalogue.tagged(name):
        click.echo(explain_tag(name, catalogue), nl=False)
    elif cause := explained(name):
        click.echo(explain_cause(name, cause), nl=False)
    else:
        raise Refused(_unexplained(name, catalogue))


def _check_of(sentence: str, catalogue: Catalogue) -> str:
    """Return the id of the check that reads *sentence*, or has it for its template."""
    from mailcheck.suite.grammar import Grammar
    from mailcheck.template import tokens_of

    for check_id, template in catalogue.templates.items():
        if template.text == sentence:
            return check_id
    try:
        reading = Grammar(catalogue).read(tokens_of(sentence))
    except ValueError:
        return ""
    return reading.check_id if reading else ""


def _unexplained(name: str, catalogue: Catalogue) -> str:
    from mailcheck.causes import CAUSES
    from mailcheck.source.problems import nearest
    from mailcheck.suite.neighbours import neighbour, sentences_about

    tags = {tag for _, check in catalogue for tag in (*check.unmet_tags, *check.advice_tags)}
    unknown = f'mailcheck: no check, no tag and no cause is called "{name}"'
    if about := sentences_about(catalogue, name):
        return "\n".join((f"{unknown}; these sentences are about it:", *(f"  {s}" for s in about)))
    hint = nearest(name, (*catalogue.templates, *sorted(tags), *CAUSES))
    if hint.startswith("did you mean"):
        return f"{unknown}; {hint}"
    # The names that are known are a hundred, which nobody reads.
    meant = neighbour(catalogue, name)
    hint = f'did you mean "{meant}"?' if meant else "`mailcheck list` shows the checks"
    return f"{unknown}; {hint}"


@main.command()
def schema() -> None:
    """Write the JSON Schema of suites, for editors."""
    from mailcheck.suite.schema import schema_text

    click.echo(schema_text(_catalogue()).encode(), nl=False)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
def lab(folder: Path) -> None:
    """Run the servers of FOLDER/lab.yml on loopback until Ctrl-C.

    Shows where each of them listens, with a dig command for the DNS servers.
    """
    from mailcheck.cli.lab import serve

    serve(folder)


main.add_command(lock)


def _catalogue() -> Catalogue:
    from mailcheck.catalogue import load_catalogue

    here = Path.cwd()
    return load_catalogue(configured({}, project(here), here).checks)
