"""What is kept. The only SQL of the project."""
