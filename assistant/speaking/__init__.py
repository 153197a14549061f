"""A language model that may help with words, where one is set up: everything it says is checked, and ours stands by."""
