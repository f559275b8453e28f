"""Checks of TLS-RPT: the records that ask for reports."""
