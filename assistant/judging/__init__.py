"""One statement: its parts, its signs, and the small models that weigh them."""
