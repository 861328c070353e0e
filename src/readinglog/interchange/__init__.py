"""Moving notes and works between this log and other programs."""
