"""Checks of the name a client says in EHLO."""
