"""Writing remarks into the manager's own files, one module a format; nothing else in the file is changed."""
