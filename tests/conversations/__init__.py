"""Whole calls: a real phone engine on both ends, a real speech server, a scripted person."""
