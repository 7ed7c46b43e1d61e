"""English over the telephone."""
