"""Kinds of job: what each is called, asks for, would do and does."""
