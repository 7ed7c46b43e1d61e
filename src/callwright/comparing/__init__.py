"""Versions of a script compared: who hears which, and whether what came of it differs. Pure."""
