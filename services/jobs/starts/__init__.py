"""Wishes to run a kind of job, from being made to their end."""
