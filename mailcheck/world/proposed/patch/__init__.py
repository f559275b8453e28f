"""A part of a zone that is proposed: what replaces the live records, and what removes them."""
