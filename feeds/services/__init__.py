"""What the service does: each walks the pure steps and remembers the result."""
