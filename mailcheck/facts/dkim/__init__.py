"""DKIM: key records, where they are found, and the keys they hold (RFC 6376, 8301, 8463)."""
