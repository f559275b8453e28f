"""Checks of a host name."""
