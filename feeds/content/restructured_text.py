"""A body in reStructuredText becomes HTML, and what is wrong with it becomes findings."""

import re

from feeds.content.notes import MOST
from feeds.content.passage import Passage
from feeds.content.restructured import MAX_TEXT, TooCostlyError, render

_CODE_OR_MARK = re.compile(r"<(/?)(?:pre|code)\b[^<>]*>|\{\{[^{}<>]*+\}\}|\{%[^{}<>%]*+%\}")


def html(passage: Passage, text: str) -> str:
    """Render ``text``, which is the body of the passage or was made of it.

    Raises ContentError (``body-too-large``) for a body that would cost too much.
    """
    source, notes = passage.source, passage.notes

    def complain(message: str, line: int) -> None:
        advice = "Say it in plain reStructuredText if readers of the feed are to see it."
        notes.warn("template-removed", source.body_line + line - 1, f"left out: {message}", advice, key=message)

    try:
        return without_marks(passage, render(text, complain))
    except TooCostlyError:
        message = f"the body is longer than {MAX_TEXT} characters, nested too deep, or has too many marks or blanks."
        raise notes.refuse("body-too-large", 0, message, "Split the post.") from None


def without_marks(passage: Passage, page: str) -> str:
    """Return HTML without marks of templates in its text, where nothing has filled them in; in code they stay."""
    if "{{" not in page and "{%" not in page:
        return page
    depth = noted = 0

    def kept(found: re.Match[str]) -> str:
        nonlocal depth, noted
        if found[0].startswith("<"):
            depth = max(0, depth - 1) if found[1] else depth + 1
        elif not depth:
            noted += 1
            position = max(passage.source.body.find(found[0]), 0)
            return passage.leave_out(found[0], position) if noted <= MOST else ""
        return found[0]

    return _CODE_OR_MARK.sub(kept, page)
