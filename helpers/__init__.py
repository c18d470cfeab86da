"""What the notebooks of *PyTorch You Can Touch* import: computing, drawing, figures, data and checks."""

__version__ = "0.1.0"
