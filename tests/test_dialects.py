import subprocess
import sys

import pytest

from feeds.content.dialects import NAMES, dialect
from feeds.content.dialects.dialect import COMMON_KEYS
from feeds.content.generators import SUFFIXES


@pytest.mark.parametrize(
    ("name", "path", "is_post"),
    [
        ("jigsaw", "_posts/a.md", True),
        ("jigsaw", "_posts/2020/a.markdown", True),
        ("jigsaw", "_posts/a.blade.md", True),
        ("jigsaw", "_articles/a.md", True),
        ("jigsaw", "_drafts/a.md", True),
        ("jigsaw", "a.md", True),
        ("jigsaw", "_a.md", False),
        ("jigsaw", "_posts/.a.md", False),
        ("jigsaw", "_posts/._a.md", False),
        ("jigsaw", "_posts/a.txt", False),
        ("jigsaw", "_posts/a.blade.php", False),
        ("jigsaw", "_categories/tv.md", False),
        ("jigsaw", "_layouts/post.md", False),
        ("jigsaw", "about/a.md", False),
        ("jigsaw", ".git/_posts/a.md", False),
        ("plain", "a.md", True),
        ("plain", "blog/2020/a.markdown", True),
        ("plain", "_posts/a.md", True),
        ("plain", "_drafts/a.md", True),
        ("plain", "a/index.md", True),
        ("plain", "_layouts/a.md", False),
        ("plain", "_index.md", False),
        ("plain", ".a.md", False),
        ("plain", ".github/a.md", False),
        ("plain", "node_modules/x/a.md", False),
        ("plain", "themes/x/a.md", False),
        ("plain", "x/README.md", False),
        ("plain", "CHANGELOG.md", False),
        ("plain", "License.md", False),
        ("plain", "CONTRIBUTING.md", False),
        ("plain", "a.html", False),
    ],
)
def test_the_path_tells_what_is_a_post(name: str, path: str, *, is_post: bool) -> None:
    assert dialect(name).is_post(path) is is_post


def test_jigsaw_has_pages_for_categories() -> None:
    category_page = dialect("jigsaw").category_page

    assert category_page("_categories/tv.md") == "tv"
    assert category_page("source/_categories/Real Estate.md") == "real-estate"
    assert category_page("_categories/_tv.md") is None
    assert category_page("_posts/tv.md") is None
    assert dialect("plain").category_page("_categories/tv.md") is None


def test_indented_prose_is_not_code_in_jigsaw_unless_code_is_fenced() -> None:
    prose, code = "One\n\n    two", "One\n\n    two\n\n```php\nx\n```"

    assert not dialect("jigsaw").keeps_indented_code(prose)
    assert dialect("jigsaw").keeps_indented_code(code)
    assert dialect("plain").keeps_indented_code(prose)


def test_every_dialect_is_known_by_its_name() -> None:
    assert sorted(NAMES) == list(NAMES)
    assert all(dialect(name).name == name for name in NAMES)
    with pytest.raises(KeyError):
        dialect("gopher")


def test_a_site_is_recognised_by_posts_with_any_suffix_that_a_dialect_reads() -> None:
    read = {extension.rpartition(".")[2] for name in NAMES for extension in dialect(name).extensions}

    assert {suffix.removeprefix(".") for suffix in SUFFIXES} == read


def test_only_the_dialect_in_use_is_loaded() -> None:
    code = (
        "import sys; from feeds.content.dialects import NAMES, dialect; dialect('zola'); "
        "print(*[name for name in NAMES if f'feeds.content.dialects.{name}' in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.split() == ["zola"]


@pytest.mark.parametrize("name", NAMES)
def test_every_dialect_has_keys_for_every_meaning(name: str) -> None:
    keys = dialect(name).keys

    assert keys.keys() == COMMON_KEYS.keys()
    assert all(key == key.lower() for several in keys.values() for key in several)
