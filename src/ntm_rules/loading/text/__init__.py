"""Text: YAML with places, models out of plain data, and the one spelling that an identity rests on."""
