"""Mandarin Chinese over the telephone, in simplified characters."""
