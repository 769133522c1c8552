"""From YAML to a resolved edition: reading, checking, the catalogue, overlays."""
