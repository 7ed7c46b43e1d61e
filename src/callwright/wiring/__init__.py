"""Where settings become parts: the only room that picks implementations."""
