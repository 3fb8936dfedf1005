"""Qt models that hold the rows they were given and query nothing."""
