"""Whole calls need a speech server."""

from tests.fixtures_speech import speech_socket

__all__ = ["speech_socket"]
