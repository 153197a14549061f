"""What Askwhy knows and how it reads: files, passages, the index, the library, and the data of the field."""
