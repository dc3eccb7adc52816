"""One-line faults put in on purpose: the test that stands for a failure has to turn red. `make mutate` proves it."""
