"""Checks of a change that is proposed: whether it can be made, and what it takes away."""
