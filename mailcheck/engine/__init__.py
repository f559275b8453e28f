"""Drives judgements: asks each question once, in parallel, within limits."""

from mailcheck.engine.engine import Engine, Judged

__all__ = ["Engine", "Judged"]
