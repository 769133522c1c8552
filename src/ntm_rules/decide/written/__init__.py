"""What people write: headings, cells and rows of a table, whatever it is kept in, each read strictly or told."""
