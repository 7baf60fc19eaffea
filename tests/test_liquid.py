"""Liquid: what posts say with it, and that nothing they say can cost much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ending import ends
from feeds.content.liquid import Mark, Template, fill
from feeds.model.source import Value

KNOWN: dict[str, Value] = {
    "site": {"title": "The Kettle", "tags": ["tea", "time"], "data": {"teas": [{"name": "Chai"}, {"name": "Sencha"}]}},
    "page": {"title": "A post", "draft": "", "count": "3", "math": "false", "toc": "No", "lang": "no"},
}


def filled(text: str) -> tuple[str, list[str]]:
    """Return what a template gives, and the marks that were left out."""
    left_out: list[str] = []

    def leave_out(mark: str, _position: int) -> str:
        left_out.append(mark)
        return ""

    def shout(mark: Mark, before: str) -> str:
        return f"{before[-1:]}{mark.arguments.upper()}!"

    template = Template(
        known=KNOWN,
        filters={"double": lambda value, _: value + value if isinstance(value, str) else ""},
        tags={"shout": shout},
        blocks={"frame": lambda mark, inner: f"[{mark.arguments}{inner}]"},
        leave_out=leave_out,
    )
    return fill(text, template), left_out


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ site.title }}", "The Kettle"),
        ("{{site.title|upcase}}", "THE KETTLE"),
        ("{{ page.Count }}", "3"),
        ("{{ site.tags[1] }} {{ site.tags.first }} {{ site.tags.size }}", "time tea 2"),
        ('{{ site["title"] }}', "The Kettle"),
        ("{{ site.data.teas[0].name }}", "Chai"),
        ("{{ 'a, b' | split: ', ' | join: ' and ' }}", "a and b"),
        ("{{ 'tea' | append: \" & 'more'\" | escape }}", "tea &amp; &#x27;more&#x27;"),
        ("{{ 'x' | double | prepend: '-' | replace: 'x', 'y' }}", "-yy"),
        ("{{ page.draft | default: 'no draft' }}", "no draft"),
        ("{{ 'a b c d' | truncatewords: 2 }} {{ 'abcdefgh' | truncate: 5 }}", "a b... ab..."),
        ("{{ 3 }}{{ true }}{{ nil }}", "3true"),
        ("{% assign x = site.title | downcase %}{{ x }}", "the kettle"),
        ("{% capture x %}<{{ page.title }}>{% endcapture %}{{ x }}{{ x }}", "<A post><A post>"),
        ("{% raw %}{{ site.title }} {% if %}{% endraw %}", "{{ site.title }} {% if %}"),
        ("a{% comment %}{{ b }}{% endcomment %}c{% # d %}e", "ace"),
        ("a  {{- ' b ' -}}  c", "a b c"),
        ("{% if page.title == 'A post' and site.tags contains 'tea' %}yes{% else %}no{% endif %}", "yes"),
        ("{% if page.draft %}a{% elsif page.nothing %}b{% else %}c{% endif %}", "c"),
        ("{% unless page.draft %}a{% endunless %}", "a"),
        ("{% if page.math %}a{% else %}b{% endif %}{% unless page.toc %}c{% endunless %}{{ page.math }}", "bcfalse"),
        ("{% if page.math == false and page.count != nil and page.none == nil %}a{% endif %}", "a"),
        ("{% if page.lang == 'no' and 'false' %}a{% endif %}{% if page.math == true %}b{% endif %}", "a"),
        ("{{ page.none | default: 'x' }}{{ page.math | default: 'y' }}{{ page.count | default: 'z' }}", "xy3"),
        ("{{ page.count | plus: 2 | minus: 1 | times: 1.5 }} {{ 7 | divided_by: 2 }} {{ -7 | modulo: 2 }}", "6.0 3 1"),
        ("{% if page.title != 'x' or page.draft %}a{% endif %}", "a"),
        ("{% case page.count %}{% when '2' %}two{% when '3', '4' %}three{% else %}many{% endcase %}", "three"),
        ("{% for tea in site.data.teas %}{{ tea.name }},{% endfor %}", "Chai,Sencha,"),
        ("{% for a in site.tags %}{% for b in site.tags %}{{ a }}{{ b }} {% endfor %}{% endfor %}", None),
        ("{% frame x %}{{ page.title }}{% frame y %}{% endframe %}{% endframe %}", "[xA post[y]]"),
        ("a{% shout tea %}", "aaTEA!"),
        ("{% highlight-ish %}", ""),
        ("no marks { } % here", "no marks { } % here"),
    ],
)
def test_a_template_gives_what_liquid_gives(template: str, text: str | None) -> None:
    assert filled(template)[0] == (text if text is not None else "teatea teatime timetea timetime ")


@pytest.mark.parametrize(
    ("template", "text", "left_out"),
    [
        ("a{{ site.time }}b", "ab", ["{{ site.time }}"]),
        ("a{{ page.title | jalali }}b", "ab", ["{{ page.title | jalali }}"]),
        ("a{{ site }}b", "ab", ["{{ site }}"]),
        ("a{% widget x %}b", "ab", ["{% widget x %}"]),
        ("a{% widget %}b{% endwidget %}c", "abc", ["{% widget %}"]),
        ("{% for post in site.posts %}{{ post.title }}{% endfor %}b", "b", ["{% for post in site.posts %}"]),
        ("{% if a < b < c %}x{% endif %}b", "b", ["{% if a < b < c %}"]),
        ("{{ 'a' | truncate: 'b' }}", "", ["{{ 'a' | truncate: 'b' }}"]),
        ("a {{ b\nc", "a  b\nc", ["{{ b"]),
        ("{% comment %}a {% raw %}b", "a b", ["{% comment %}", "{% raw %}"]),
        (
            "{% for a in b %}{% if q %}lost{% else %} text",
            "lost text",
            ["{% for a in b %}", "{% if q %}", "{% else %}"],
        ),
        ("a {% b }} c", "a  b }} c", ["{% b }} c"]),
        ("{% endif %}{% else %}", "", ["{% else %}"]),
        ("{% if page.title %}open", "open", ["{% if page.title %}"]),
    ],
)
def test_what_nothing_is_known_of_is_left_out_and_told(template: str, text: str, left_out: list[str]) -> None:
    assert filled(template) == (text, left_out)


@given(st.lists(st.sampled_from(["{{", "}}", "{%", "%}", "{", "}", "%", " if x ", "raw", "endraw", " a ", "\n"])))
def test_no_reader_sees_a_mark_however_broken_it_is(pieces: list[str]) -> None:
    text = "".join(pieces)
    shown, _ = filled(text)

    if "raw" not in text:
        assert "{{" not in shown.replace("{{{", "{")
        assert "{%" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "{{" * 100_000,
        "{%" * 100_000,
        "{% raw %}" * 20_000,
        "{% raw %}" + "endraw" * 10_000,
        "{% if x %}" * 20_000,
        "{% comment %} endcomment " * 8_000,
        "{% raw %}{{ " * 20_000,
        "{% endif %}" * 20_000,
        "{% unknown %}" * 15_000,
        "{{ x | append: x }}" * 10_000,
        "{% assign a = 'aaaaaaaaaaaaaaaa' %}" + "{% assign a = a | append: a %}" * 5_000 + "{{ a }}" * 5_000,
        "{% assign l = '" + "a," * 2000 + "' | split: ',' %}" + "{% for x in l %}" * 8 + "y" * 200_000,
        "{{ " + "a" * 215_000 + " }}",
        "{% shout " + '"' * 215_000 + " %}",
        "{% frame %}" * 10_000 + "{% endframe %}" * 10_000,
        "{{ '" + "[" * 200_000 + "' }}",
    ],
)
def test_no_text_takes_long_or_becomes_much(text: str) -> None:
    with ends():
        shown, _ = filled(text)

    assert len(shown) < len(text) + 1_000_000
