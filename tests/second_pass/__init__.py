"""Tests of the second pass."""
