"""The school's papers and the guide: kept, cut into passages, and found again."""
