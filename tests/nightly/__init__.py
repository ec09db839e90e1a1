"""Tests that take the better part of an hour."""
