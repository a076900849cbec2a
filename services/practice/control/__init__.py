"""What an operator of the practice platforms may see and set: requests, accepted posts, faults, settings."""
