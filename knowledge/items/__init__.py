"""A city's list of single services: read, imported, found in a sentence, and answered from."""
