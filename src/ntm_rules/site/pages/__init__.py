"""The pages, one kind a file."""
