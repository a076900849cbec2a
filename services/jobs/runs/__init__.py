"""Runs of jobs: written by the worker, listed, opened, started again, stopped, put aside."""
