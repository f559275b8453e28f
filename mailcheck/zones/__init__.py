"""Zones: what a master file says, whether a server would load it, and what it would answer."""
