"""Whether a record, with all that it leads to, is one that every client can be evaluated by."""
