"""A dataframe decided where it lies."""
