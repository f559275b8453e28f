"""Drives judgements: asks each question once, in parallel, within limits."""

from mailcheck.engine.engine import Engine, Judged
from mailcheck.engine.layer import Layer

__all__ = ["Engine", "Judged", "Layer"]
