"""Whole evenings as separate programs, with the real models and a simulated room."""
