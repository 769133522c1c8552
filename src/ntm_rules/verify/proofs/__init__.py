"""What holds of a set for every subject there could be: obligations, and how they are settled."""
