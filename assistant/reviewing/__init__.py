"""A whole document: its statements, goals and elements, the remarks about them, and the report."""
