"""The deck: all questions, cards and terms of the book for Anki, each linked to its passage.

``bookbuild.model.bank`` gathers them, ``faces`` and ``deck`` make an Anki deck of it all.
"""
