"""What each desk does with a scan. One module for each desk, and what they share."""
