"""Facebook Pages, one module per format."""
