"""Tables read: files to cells, cells to subjects; what cannot be placed is refused or told."""
