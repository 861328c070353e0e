"""HTTP requests within limits: time, size, redirects, retries, and public addresses only."""
