"""What an authority can do with results, lists and directions."""
