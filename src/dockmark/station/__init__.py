"""One assembled workstation without a face."""
