"""Pure functions: an answer (the `custom` of CONTRACT §4) → what one channel can show."""
