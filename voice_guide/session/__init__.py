"""What the guide does: a pure machine that turns events into effects."""
