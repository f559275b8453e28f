"""Drives judgements: asks each question once, in parallel, within limits."""

from mailcheck.engine.engine import Engine, Judged
from mailcheck.engine.world import World

__all__ = ["Engine", "Judged", "World"]
