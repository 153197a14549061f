"""Files into documents: one module a format, and what they share."""
