"""What is followed from year to year: an indicator for a goal, and the figures read of it."""
