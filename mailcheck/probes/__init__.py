"""The only code that opens sockets: each probe answers one kind of leaf question."""
