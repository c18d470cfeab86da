"""The editions of a chapter that leave the house."""
