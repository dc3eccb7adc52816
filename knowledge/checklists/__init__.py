"""A person's own lists: kept, ticked, shared, and compared with what is published."""
