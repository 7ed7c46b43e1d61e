"""Pushing: who is told in their chats of a customer's interest or of a warning, and sending it there."""
