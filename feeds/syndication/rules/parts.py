"""An element and the elements in it, for rules that ask for one after the other by name."""

from collections.abc import Sequence

from lxml import etree


class Parts:
    """An element whose children are looked through once, however many rules ask for them.

    ``children`` are in the order of the document, without comments; ``names``
    are their names, each ``{namespace}name``.
    """

    __slots__ = ("_by_name", "_element", "children", "names", "tag")

    def __init__(self, element: etree._Element) -> None:
        self._element = element
        self.tag = str(element.tag)
        self.children: list[etree._Element] = list(element.iterchildren("*"))
        self.names = [str(child.tag) for child in self.children]
        self._by_name: dict[str, list[etree._Element]] = {}
        for name, child in zip(self.names, self.children, strict=True):
            self._by_name.setdefault(name, []).append(child)

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a child of that name."""
        return name in self._by_name

    def get(self, attribute: str) -> str | None:
        """Return an attribute of the element itself."""
        return self._element.get(attribute)

    def count(self, name: str) -> int:
        """Return how many children have that name."""
        return len(self._by_name.get(name, ()))

    def all(self, *names: str) -> Sequence[etree._Element]:
        """Return the children of these names, one name after the other."""
        if len(names) == 1:
            return self._by_name.get(names[0], ())
        return [child for name in names for child in self._by_name.get(name, ())]
