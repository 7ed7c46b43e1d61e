"""Spreadsheets as rows of text, read and written in a stream."""
