"""Callwright: an outbound call centre that runs itself."""
