"""Exercises and questions: ``chapter_XX`` judges a chapter's exercises, ``question`` shows a quick question.

A chapter writes ``from helpers.checks import chapter_08 as check`` and calls ``check.<exercise>(answer)``.
"""

from helpers.checks.questions import question

__all__ = ["question"]
