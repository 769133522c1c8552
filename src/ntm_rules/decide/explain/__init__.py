"""A decision in words: why, what is missing, what would change it."""
