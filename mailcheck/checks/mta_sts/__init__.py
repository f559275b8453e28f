"""Checks of MTA-STS (RFC 8461)."""
