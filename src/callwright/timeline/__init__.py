"""A customer's time line: everything that happened with one person, from wherever it is kept, newest first."""
