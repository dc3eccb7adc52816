"""`make run`: everything prepared, every process started, watched and stopped."""
