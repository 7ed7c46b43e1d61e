"""Recognition, synthesis, intents and voice activity behind one port."""
