"""What keeps the words on this machine."""
