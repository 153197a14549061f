"""One Markdown file per prompt for a language model, with named holes."""
