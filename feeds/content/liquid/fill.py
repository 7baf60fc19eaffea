"""From a template to the text that it gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from feeds.content.liquid.marks import VERBATIM, Block, Mark, Node, nodes
from feeds.content.liquid.values import Filter, Unknown, as_text, evaluate, holds, operand, tokens
from feeds.content.notes import MOST
from feeds.model.source import Value

#: More marks than these, and more text from them than from the template itself, are left out.
_MOST_STEPS = 20_000
_MOST_TEXT = 100_000

#: Tags that say nothing to anyone.
_SILENT = frozenset({"#", "assign", "increment", "decrement", "break", "continue", "cycle"})


def _nothing(_mark: Mark, _before: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What a site's marks mean.

    ``known`` are values by their names, ``filters`` those of the site's own;
    ``tags`` give the text of a mark, and ``blocks`` that of one with what is
    between it and its end: None for what they cannot tell.  They get the text
    that was written last, too.  ``others`` gives that of tags of any other
    name.  ``leave_out`` is told of every mark that
    nothing is known of, by the mark and its position.
    """

    known: Mapping[str, Value]
    filters: Mapping[str, Filter] = field(default_factory=dict)
    tags: "Mapping[str, Callable[[Mark, str], str | None]]" = field(default_factory=dict)
    blocks: "Mapping[str, Callable[[Mark, str], str | None]]" = field(default_factory=dict)
    others: "Callable[[Mark, str], str | None]" = _nothing
    leave_out: Callable[[str, int], str]


def fill(text: str, template: Template) -> str:
    """Return ``text`` with its marks filled in; those that nothing is known of are left out.

    It takes time in proportion to the text, whatever that holds.
    """
    if "{{" not in text and "{%" not in text:
        return text
    filling = _Filling(template)
    filling.write(nodes(text, blocks=template.blocks.keys()))
    return "".join(filling.out)


class _Filling:
    """One template on its way."""

    def __init__(self, template: Template) -> None:
        self.out: list[str] = []
        self._template = template
        self._known = dict(template.known)
        self._steps = self._made = self._noted = 0

    def write(self, some: list[Node]) -> None:
        for node in some:
            self._steps += 1
            if isinstance(node, str):
                self._append(self._without_braces(node))
            elif isinstance(node, Mark):
                self._make(self._said(node), node)
            elif node.mark.name in VERBATIM:
                self._append(node.verbatim if node.mark.name == "raw" else "")
            else:
                self._choose(node)

    def _without_braces(self, text: str) -> str:
        """Return a text without what is the beginning of a mark that has no end."""
        return text.replace("{{", "").replace("{%", "") if "{{" in text or "{%" in text else text

    def _append(self, text: str) -> None:
        if text:
            self.out.append(text)

    def _make(self, said: str | None, mark: Mark, *, inner: str = "") -> None:
        """Write what a mark ``said`` with what it had ``inner``, if it said anything and not too much."""
        if said is not None:
            self._made += max(0, len(said) - len(inner))
        self._append(self._left_out(mark) if said is None or self._made > _MOST_TEXT else said)

    def _left_out(self, mark: Mark) -> str:
        self._noted += 1
        # To find the line of a mark takes its time, and more are not kept anyhow.
        return self._template.leave_out(mark.written, mark.position) if self._noted <= MOST else ""

    def _said(self, mark: Mark) -> str | None:
        try:
            if not mark.name:
                return self._written_out(mark)
            if mark.name == "assign":
                self._assign(mark)
        except Unknown:
            return None
        if mark.name in _SILENT or mark.name.startswith("end"):
            return ""
        tag = self._template.tags.get(mark.name, self._template.others)
        return tag(mark, self.out[-1] if self.out else "")

    def _written_out(self, mark: Mark) -> str:
        value = evaluate(mark.arguments, self._known, self._template.filters)
        if isinstance(value, dict):
            raise Unknown(mark.arguments)
        return value if isinstance(value, str) else "".join(map(as_text, value))

    def _assign(self, mark: Mark) -> None:
        name, _, expression = mark.arguments.partition("=")
        self._known.pop(name.strip(), None)
        self._known[name.strip()] = evaluate(expression, self._known, self._template.filters)

    def _choose(self, block: Block) -> None:
        """Write the branch of a block that is chosen, or the branch of a loop for each of its items."""
        try:
            match block.mark.name:
                case name if name in self._template.blocks:
                    inner = self._taken(block.branches[0][1])
                    self._make(self._template.blocks[name](block.mark, inner), block.mark, inner=inner)
                case "capture":
                    self._capture(block)
                case "for":
                    self._repeat(block)
                case "case":
                    self._write_first(block.branches[1:], block.mark.arguments)
                case "if" | "unless":
                    self._write_first(block.branches, "")
                case _:
                    raise Unknown(block.mark.name)
        except Unknown:
            self._make(None, block.mark)

    def _write_first(self, branches: list[tuple[Mark, list[Node]]], subject: str) -> None:
        for mark, some in branches:
            if self._is_chosen(mark, subject):
                self.write(some)
                return

    def _is_chosen(self, mark: Mark, subject: str) -> bool:
        match mark.name:
            case "else":
                return True
            case "unless":
                return not holds(mark.arguments, self._known)
            case "when":
                return any(
                    holds(f"{subject} == {word}", self._known)
                    for word in tokens(mark.arguments)
                    if word not in (",", "or")
                )
            case _:
                return holds(mark.arguments, self._known)

    def _capture(self, block: Block) -> None:
        name = block.mark.arguments.strip("\"' ")
        self._known[name] = self._taken(block.branches[0][1])[:_MOST_TEXT]

    def _taken(self, some: list[Node]) -> str:
        """Return what some nodes give, without writing it."""
        outside, self.out = self.out, []
        self.write(some)
        taken, self.out = "".join(self.out), outside
        return taken

    def _repeat(self, block: Block) -> None:
        words = tokens(block.mark.arguments)
        if len(words) != 3 or words[1] != "in":
            raise Unknown(block.mark.arguments)
        items = operand(words[2], self._known)
        outside = self._known.get(words[0])
        for item in items if isinstance(items, list) else ():
            if self._steps > _MOST_STEPS or self._made > _MOST_TEXT:
                raise Unknown(block.mark.arguments)
            self._known[words[0]] = item
            again = self._taken(block.branches[0][1])
            self._append(again)
            self._made += len(again)
        self._known.pop(words[0], None)
        if outside is not None:
            self._known[words[0]] = outside
