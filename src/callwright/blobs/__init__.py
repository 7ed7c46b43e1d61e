"""Large things kept whole: recordings, imported and exported files. ``port`` says how, ``disk`` keeps them.

A blob lies within the life of the row that names it: put once that row is committed, deleted before the row goes or
says so. Whatever fails in between, a row is left by which the blob is found and deleted in its time.
"""
