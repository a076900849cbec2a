"""Practice YouTube: Google's sign-in, the Data API v3 and its resumable uploads, all under one address."""
