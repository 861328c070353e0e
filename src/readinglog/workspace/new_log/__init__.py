"""What `readinglog init` writes: the files of a new log, and where a folder has some already."""
