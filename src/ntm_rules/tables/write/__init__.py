"""Results written: whole or not at all, never over an input, never as something that runs."""
