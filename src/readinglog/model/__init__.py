"""What a log is made of: text and spans, notes, fields, tags, diagnostics."""
