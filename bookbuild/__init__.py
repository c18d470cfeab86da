"""What makes the book, and is never shipped to its readers: they import `helpers` alone."""
