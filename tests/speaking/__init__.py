"""Tests of speaking."""
