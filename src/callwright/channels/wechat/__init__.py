"""WeChat official accounts: what is asked of WeChat, and what it tells by itself."""
