"""The server of `readinglog serve`, which previews the site while it is written."""
