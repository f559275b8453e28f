"""``python -m mailcheck``: the command, where its script is not on the path."""

from mailcheck.cli import main

main(prog_name="mailcheck")
