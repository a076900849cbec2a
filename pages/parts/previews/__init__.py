"""Every platform's look of a post: values in, safe HTML out."""
