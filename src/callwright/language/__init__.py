"""Language models: what a call asks of one, and who answers."""
