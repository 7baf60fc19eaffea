import pytest

from ending import ends
from feeds.content import kramdown
from feeds.content.code import masked


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Text\n{: .center}\n\nMore", "Text\n\nMore"),
        ("Text\n{: .center}\nMore", "Text\n\nMore"),
        ("{: .center}\n![x](y.png)", "![x](y.png)"),
        ("{:refdef: .a #b key='v'}\nText", "Text"),
        ("* one\n{: .list}\n* two", "* one\n* two"),
        ("1.  one\n\n    two\n    {: .x}\n", "1.  one\n\n    two\n"),
        ("* TOC\n{:toc}\n\nText", "\nText"),
        ("1. this is replaced\n   by the contents\n{: toc .nav}\n\nText", "\nText"),
        ("- TOC\n{:.no_style toc}\nText", "Text"),
        ("[a](b){:target='_blank'} and *c*{: .d}", "[a](b) and *c*"),
        ("`code`{:.language-ruby} and more", "`code` and more"),
        ("* {:.x} item", "* item"),
        ("# Heading {#own-id}", "# Heading "),
        ("a {::comment}\nnot this\n{:/comment} b", "a  b"),
        ("a {::nomarkdown}<b>c</b>{:/} d {::options toc_levels='2' /}", "a <b>c</b> d "),
        ("HTML\n\n*[HTML]: HyperText\n", "HTML\n\n\n"),
        ("- [x] a\n- [ ] b\n1. [X] c\n- [y] d", "- ☑ a\n- ☐ b\n1. ☑ c\n- [y] d"),
        ('<div class="a" markdown="1">\n*b*\n</div>', '<div class="a">\n\n\n*b*\n</div>'),
        ("a\\\\\nb", "a\\\nb"),
        ("* a\n^\n* b", "* a\n\n* b"),
        ("{:ok, value} is a tuple", "{:ok, value} is a tuple"),
        ("f() {:x} y", "f() {:x} y"),
    ],
)
def test_what_speaks_to_kramdown_alone_goes(written: str, plain: str) -> None:
    assert kramdown.plain(written) == plain


@pytest.mark.parametrize(
    "code",
    [
        "```\n{: .center}\n* [ ] x\n*[A]: b\n```",
        "~~~ kramdown\n{:toc}\n~~~",
        "- a\n\n  ```\n  {: .x}\n  ```",
        "`{:.x}` and ``{::comment}``",
        "Text:\n\n    {: .code}\n    more",
        "```` md\n```\n{: .x}\n```\n````",
    ],
)
def test_code_stays_as_it_is(code: str) -> None:
    assert kramdown.plain(code) == code


def test_code_is_taken_out_of_prose_and_put_back() -> None:
    written = "a `b` c\n```x\nd\n```\ne ``f`` g ```h``` i `j"
    prose, restored = masked(written)

    assert restored(prose.upper()) == "A `b` C\n```x\nd\n```\nE ``f`` G ```h``` I `J"


@pytest.mark.parametrize(
    "text",
    [
        "{:" * 60_000,
        "{: " + " " * 200_000,
        "# " + " {#a" * 50_000,
        "# a" + " " * 200_000,
        "`" * 200_001,
        "".join("`" * n + " " for n in range(1, 600)),
        "* a\n{: .x}\n" * 20_000,
        "    {: .x}\n" * 20_000,
        "<div " + "a " * 90_000 + " markdown=",
        "{::comment}" * 20_000,
        "```\n{: .x}\n" * 20_000,
        "{:toc}\n" * 30_000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    with ends():
        kramdown.plain(text)
        masked(text)
