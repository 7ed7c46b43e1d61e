"""Simulated people for a script's dialogue: what each wants, means and says, and what a crowd shows. Pure."""
