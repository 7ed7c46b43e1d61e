"""Rehearsals: a script tried in sound, on simulated people at the other end of a line within this machine."""
