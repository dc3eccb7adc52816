"""Chinese as people type it: cleaned, cut, compared; plain functions that any door may call."""
