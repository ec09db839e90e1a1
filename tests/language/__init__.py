"""Tests of the languages' tables."""
