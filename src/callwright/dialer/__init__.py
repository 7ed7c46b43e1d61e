"""The leader: decides what is dialled next, closes what dead nodes leave, finishes tasks."""
