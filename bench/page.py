"""docs/performance.md: each figure's program writes its own section, and no other."""

from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
_TITLE = "# How fast it is\n"


def write_section(heading: str, text: str) -> None:
    """Put ``text`` under ``heading``, in place of what stood there; a new section comes last."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else _TITLE
    title, *sections = page.split("\n## ")
    texts = dict(section.split("\n", 1) for section in sections)
    texts[heading] = f"\n{text.strip()}\n"
    body = "".join(f"\n## {name}\n\n{section.strip()}\n" for name, section in texts.items())
    PAGE.write_text(f"{title.rstrip()}\n{body}", encoding="utf-8")
