"""The book's still pictures, drawn by code as SVG: one module a picture, each with ``draw() -> str``.

``python -m bookbuild.illustrations`` draws all of them into ``images/``.
"""
