"""Sentences about SPF."""
