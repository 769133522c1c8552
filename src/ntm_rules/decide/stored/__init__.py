"""A decision as it is stored: written, read, and verified under the meaning of its day."""
