"""What can be known: one file per kind of knowledge, its questions and its facts side by side."""
