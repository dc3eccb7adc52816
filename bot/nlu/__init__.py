"""The graph components of config.yml, one a file and thin, and the pure functions that they share."""
