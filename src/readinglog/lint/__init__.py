"""Checking: the rules, what runs them, and how their diagnostics are reported."""
