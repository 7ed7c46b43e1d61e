"""Warnings: what needs a person is noticed, told to those who are to know, and taken back once it is mended."""
