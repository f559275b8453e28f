"""Checks of an IP address: its reverse names and listings."""
