"""The question bank: all questions, cards and terms of the book, each linked to its passage.

``passages`` knows the sections of every chapter, ``collected`` gathers the bank, ``glossary`` finds where
a term is first used, ``faces`` and ``deck`` make an Anki deck of it all. Nothing here is needed by a
notebook.
"""
