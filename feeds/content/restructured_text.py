"""A body in reStructuredText becomes HTML, and what is wrong with it becomes findings."""

from feeds.content.passage import Passage
from feeds.content.restructured import MAX_TEXT, TooCostlyError, render


def html(passage: Passage, text: str) -> str:
    """Render ``text``, which is the body of the passage or was made of it.

    Raises ContentError (``body-too-large``) for a body that would cost too much.
    """
    source, notes = passage.source, passage.notes

    def complain(message: str, line: int) -> None:
        advice = "Say it in plain reStructuredText if readers of the feed are to see it."
        notes.warn("template-removed", source.body_line + line - 1, f"left out: {message}", advice, key=message)

    try:
        return render(text, complain)
    except TooCostlyError:
        message = f"the body is longer than {MAX_TEXT} characters, nested too deep, or has too many marks."
        raise notes.refuse("body-too-large", 0, message, "Split the post.") from None
