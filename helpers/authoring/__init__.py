"""Tools for whoever writes the book: refresh, still pictures, the one-file edition, browser."""
