"""PURE: what a language is to the guide: the words that it says, and those that it understands. Tables, no texts."""
