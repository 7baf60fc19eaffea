"""Growth as a picture: values against posts, both by powers of ten, so that a straight line is a power law."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from xml.sax.saxutils import escape

_WIDTH, _HEIGHT = 420, 300
_LEFT, _TOP, _RIGHT, _BOTTOM = 64, 40, 96, 44

#: Shapes tell the lines apart where colours do not.
_DASHES = ("", "6 4", "2 3", "8 3 2 3")

_STYLE = """\
text { font: 12px system-ui, sans-serif; fill: #333 } .title { font-weight: 600; font-size: 14px }
.grid { stroke: #8884; } .line { fill: none; stroke-width: 2 }
.c0 { stroke: #0b63ce } .c1 { stroke: #c2410c } .c2 { stroke: #15803d } .c3 { stroke: #7e22ce }
@media (prefers-color-scheme: dark) {
  text { fill: #ddd }
  .c0 { stroke: #6cb2ff } .c1 { stroke: #fb923c } .c2 { stroke: #4ade80 } .c3 { stroke: #d8b4fe }
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One chart: lines by their names, each a value for each count of posts, all above 0."""

    title: str
    unit: str
    lines: Mapping[str, Mapping[int, float]]


def draw(curves: Sequence[Curve]) -> str:
    """Return an SVG of the charts side by side, for light and dark pages."""
    charts = "".join(_chart(curve, number * _WIDTH) for number, curve in enumerate(curves))
    titles = ", ".join(curve.title for curve in curves)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH * len(curves)} {_HEIGHT}" role="img" '
        f'aria-label="{escape(titles)} against posts"><style>{_STYLE}</style>\n{charts}</svg>\n'
    )


def _chart(curve: Curve, offset: int) -> str:
    counts = [count for line in curve.lines.values() for count in line]
    values = [value for line in curve.lines.values() for value in line.values()]
    first, last = floor(log10(min(counts))), ceil(log10(max(counts)))
    low, high = floor(log10(min(values))), ceil(log10(max(values)))

    def x(count: float) -> float:
        return _LEFT + (log10(count) - first) / max(1, last - first) * (_WIDTH - _LEFT - _RIGHT)

    def y(value: float) -> float:
        return _HEIGHT - _BOTTOM - (log10(value) - low) / max(1, high - low) * (_HEIGHT - _TOP - _BOTTOM)

    parts = [f'<text class="title" x="{_LEFT}" y="20">{escape(curve.title)} ({escape(curve.unit)}) by posts</text>']
    for power in range(low, high + 1):
        at = y(10**power)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:,g}</text>')
    for power in range(first, last + 1):
        at = x(10**power)
        parts.append(f'<line class="grid" x1="{at:.1f}" x2="{at:.1f}" y1="{_TOP}" y2="{_HEIGHT - _BOTTOM}"/>')
        parts.append(f'<text x="{at:.1f}" y="{_HEIGHT - 24}" text-anchor="middle">{10**power:,}</text>')
    for number, (name, line) in enumerate(curve.lines.items()):
        points = " ".join(f"{x(count):.1f},{y(value):.1f}" for count, value in line.items())
        dash = f' stroke-dasharray="{_DASHES[number % 4]}"' if number % 4 else ""
        parts.append(f'<polyline class="line c{number % 4}" points="{points}"{dash}/>')
        end = max(line)
        parts.append(f'<text x="{x(end) + 6:.1f}" y="{y(line[end]) + 4:.1f}">{escape(name)}</text>')
    inside = "\n".join(parts)
    return f'<g transform="translate({offset} 0)">\n{inside}\n</g>\n'
