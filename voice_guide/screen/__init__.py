"""What can be seen of an evening."""
