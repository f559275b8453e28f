"""Sentences about mail delivery, written in YAML, run as pytest tests."""

__version__ = "0.1.0"
