"""Imports: files of customers taken, understood, and brought into tasks by a job worker."""
