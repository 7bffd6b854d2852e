"""One screen per desk, under the name that the desk has everywhere."""
