"""Practice Pinterest: api.pinterest.com, version 5."""
