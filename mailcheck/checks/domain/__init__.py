"""Checks of what a domain publishes."""
