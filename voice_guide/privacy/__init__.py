"""What keeps the words of a couple on this machine."""
