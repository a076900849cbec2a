"""Instagram, one module per format."""
