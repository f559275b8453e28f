"""Checks of DMARC: policies, reports, alignment."""
