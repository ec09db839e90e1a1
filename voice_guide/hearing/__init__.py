"""From microphone frames to words."""
