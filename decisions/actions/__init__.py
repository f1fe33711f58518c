"""What the office and schools can do with documents and tasks. One verb a function: keyword-only, `by=`, one transaction."""
