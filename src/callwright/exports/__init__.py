"""Exports: lists as they are shown, written to files by a job worker."""
