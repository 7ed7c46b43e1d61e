"""One live call: hearing, thinking and speaking at our end of it."""
