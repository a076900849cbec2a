"""What goes over the wire: calls in, answers and error envelopes out."""
