"""Content files in, faults or values out."""
