"""What people see: sign-in pages and public pages."""
