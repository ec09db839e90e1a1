"""The second pass: what is kept of partners' words is heard again by a better model, while nobody waits for it."""
