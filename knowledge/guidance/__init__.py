"""From an understood question to an answer with content and sources."""
