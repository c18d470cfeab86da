"""Execute chapters, and store their outputs and figures in the one form in which they are committed."""
