"""Communes, what is known of each, and what was decided of it."""
