"""Checks of an SMTP host."""
