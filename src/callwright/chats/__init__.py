"""Chats that people bind, so that they are told of what they are to know where they look anyway."""
