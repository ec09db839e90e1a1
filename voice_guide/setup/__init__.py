"""Setup: a conversation that leads to settings, and the thin shell that prints, speaks, reads and measures for it."""
