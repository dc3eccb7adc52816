"""Which matter a sentence means, by comparing it with what is published."""
