"""Checks of DKIM: the keys that selectors publish."""
