"""The pictures that stand for notes where links to them are shared."""
