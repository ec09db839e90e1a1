"""The private record."""
