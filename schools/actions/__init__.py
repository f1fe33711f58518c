"""What the office does with its registry and people. One verb a function: keyword-only, `by=`, one transaction."""
