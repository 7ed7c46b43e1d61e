"""A talk by microphone: a phone engine whose one far end is a browser, over a WebSocket."""
