"""Practice Facebook Pages: graph.facebook.com."""
