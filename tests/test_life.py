"""Laws that hold through any life of a site: ids neither change nor repeat, ``updated`` never moves without meaning."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import feedparser
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from feeds.store.database import open_database
from workbench import NOON, Workbench

PATHS = [f"{folder}{name}.md" for folder in ("", "deep/") for name in "abcd"]


@dataclass
class Article:
    """A post as its author knows it; ``told`` is what readers must have been told since, None for nothing yet."""

    number: int
    path: str
    title: str
    body: str
    form: str = "yaml"
    more: str = ""
    id: str = ""
    updated: datetime | None = None
    moved: bool = False
    edited: bool = False
    meant: bool = False
    there: bool = True

    @property
    def published(self) -> datetime:
        return NOON - timedelta(days=300 - self.number)

    def text(self) -> str:
        date = f"{self.published:%Y-%m-%dT%H:%M:%SZ}"
        if self.form == "toml":
            more = f'tags = ["{self.more}"]\n' if self.more else ""
            return f'+++\ntitle = "{self.title}"\ndate = {date}\n{more}+++\n\n{self.body}\n'
        more = f"tags: {self.more}\n" if self.more else ""
        return f"---\ntitle: {self.title}\ndate: {date}\n{more}---\n{self.body}\n"


class Life(RuleBasedStateMachine):
    """Anything that may happen to a site, over a real directory and a real database."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.bench = Workbench(self.folder)
        self.bench.post("always", date="2020-01-01")
        self.articles: list[Article] = []
        self.written = 0
        self.used: set[str] = set()
        self.now = NOON
        self.bench.refresh(self.now)

    def teardown(self) -> None:
        if hasattr(self, "bench"):
            self.bench.close()
            shutil.rmtree(self.folder)

    # What an author does

    @rule(data=st.data())
    def write(self, data: st.DataObject) -> None:
        path = self._free_path(data)
        if path:
            self.written = number = self.written + 1
            article = Article(number=number, path=path, title=f"Title {number}", body=f"Body of number {number}.")
            self.articles.append(article)
            self._save(article)

    @rule(data=st.data(), what=st.sampled_from(["title", "body", "tags", "white space", "form"]))
    def edit(self, data: st.DataObject, what: str) -> None:
        article = self._pick(data, lambda it: it.there and not (what == "body" and it.moved))
        if article:
            article.edited = article.edited or what == "body"
            article.meant = article.meant or what in ("title", "body")
            if what == "title":
                article.title += "!"
            elif what == "body":
                article.body += " And more."
            elif what == "tags":
                article.more = "tea" if article.more != "tea" else "coffee"
            elif what == "white space":
                article.body = article.body.replace(" ", "  ", 1)
            else:
                article.form = "toml" if article.form == "yaml" else "yaml"
            self._save(article)

    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        article = self._pick(data, lambda it: it.there and not it.edited)
        path = self._free_path(data)
        if article and path:
            (self.bench.content / article.path).unlink()
            article.path, article.moved = path, True
            self._save(article)

    @rule(data=st.data())
    def change_places(self, data: st.DataObject) -> None:
        self.refresh()
        one = self._pick(data, lambda it: it.there)
        other = self._pick(data, lambda it: it.there)
        if one and other and one is not other:
            one.path, other.path = other.path, one.path
            for article in (one, other):
                article.moved = True
                self._save(article)
            self.refresh()

    @rule(data=st.data())
    def move_slowly(self, data: st.DataObject) -> None:
        self.refresh()
        article = self._pick(data, lambda it: it.there)
        path = self._free_path(data)
        if article and path:
            before = article.path
            article.path, article.moved = path, True
            self._save(article)
            self.now += timedelta(hours=1)
            self.bench.refresh(self.now)
            assert len(self._entries()) == sum(it.there for it in self.articles) + 1
            (self.bench.content / before).unlink()
            self.refresh()

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        article = self._pick(data, lambda it: it.there and not it.edited and not it.moved and it.id)
        if article:
            (self.bench.content / article.path).unlink()
            article.there = False

    @rule(data=st.data())
    def bring_back(self, data: st.DataObject) -> None:
        self.refresh()
        article = self._pick(data, lambda it: not it.there)
        path = self._free_path(data)
        if article and path:
            article.path, article.there, article.moved = path, True, True
            self._save(article)

    # What happens to the service

    @rule()
    def refresh(self) -> None:
        self.now += timedelta(hours=1)
        self.bench.refresh(self.now)
        self.used = {article.path for article in self.articles if article.there}
        self._check()

    @rule()
    def restart(self) -> None:
        self.bench.database.close()
        self.bench.database = open_database(self.bench.state)

    @precondition(lambda self: any(article.moved for article in self.articles))
    @rule()
    def lose_the_database(self) -> None:
        self.refresh()
        self.bench.database.close()
        shutil.rmtree(self.bench.state)
        self.bench.database = open_database(self.bench.state)
        self.articles = [article for article in self.articles if article.there]
        for article in self.articles:
            article.updated, article.meant = None, False
            if article.id != self._made(article):
                article.id = ""
        self.refresh()

    # The laws

    def _check(self) -> None:
        entries = self._entries()
        assert len(entries) == len({entry.id for entry in entries}) == len({entry.updated for entry in entries})
        for article in self.articles:
            if article.there:
                self._check_article(article)
        ids = [article.id for article in self.articles if article.id]
        assert len(ids) == len(set(ids))

    def _check_article(self, article: Article) -> None:
        post = self.bench.catalogued(article.path.removesuffix(".md"))
        assert post.title == article.title
        assert post.id == (article.id or post.id)
        if article.updated is None:
            assert post.updated == article.published
        elif article.meant:
            assert self.now <= post.updated < self.now + timedelta(seconds=20)
        else:
            assert post.updated == article.updated
        article.id, article.updated = post.id, post.updated
        article.moved = article.edited = article.meant = False

    def _entries(self) -> list[feedparser.FeedParserDict]:
        entries: list[feedparser.FeedParserDict] = feedparser.parse(self.bench.body("/feeds/all.atom")).entries
        return entries

    def _made(self, article: Article) -> str:
        return f"tag:example.com,{article.published.date()}:{article.path.removesuffix('.md')}"

    def _save(self, article: Article) -> None:
        self.bench.write(article.path, article.text())

    def _free_path(self, data: st.DataObject) -> str:
        taken = self.used | {article.path for article in self.articles if article.there}
        free = [path for path in PATHS if path not in taken]
        return data.draw(st.sampled_from(free)) if free else ""

    def _pick(self, data: st.DataObject, fits: Callable[[Article], object]) -> Article | None:
        some = [article for article in self.articles if fits(article)]
        return data.draw(st.sampled_from(some)) if some else None


Life.TestCase.settings = settings(max_examples=12, stateful_step_count=15, deadline=None)
TestAnyLife = Life.TestCase
