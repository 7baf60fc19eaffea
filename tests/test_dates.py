from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.content.dates import Unreadable, date_from_name, date_from_path, is_format, parse_date
from feeds.model.publication import DATE_DIRECTIVES

LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
ZULU = ZoneInfo("UTC")


def read(text: str, *formats: str, timezone: ZoneInfo = ZULU) -> datetime | Unreadable:
    return parse_date(text, formats=formats, timezone=timezone)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020-09-30-07-42-47", utc(2020, 9, 30, 7, 42, 47)),
        ("2024-01-05", utc(2024, 1, 5)),
        ("2024-1-5", utc(2024, 1, 5)),
        ("2024/01/05", utc(2024, 1, 5)),
        ("2024/01/05 10:20", utc(2024, 1, 5, 10, 20)),
        ("1/5/2024", utc(2024, 1, 5)),
        ("9/24/2023", utc(2023, 9, 24)),
        ("9/24/2023 1:05 PM", utc(2023, 9, 24, 13, 5)),
        ("20240105", utc(2024, 1, 5)),
        ("20240105T102030Z", utc(2024, 1, 5, 10, 20, 30)),
        ("2024-01-05T10:20:30Z", utc(2024, 1, 5, 10, 20, 30)),
        ("2024-01-05t10:20:30z", utc(2024, 1, 5, 10, 20, 30)),
        ("2024-01-05T10:20", utc(2024, 1, 5, 10, 20)),
        ("2024-01-05T10:20:30.987654+02:00", utc(2024, 1, 5, 8, 20, 30)),
        ("2024-01-05 10:20:30", utc(2024, 1, 5, 10, 20, 30)),
        ("2024-01-05 10:20", utc(2024, 1, 5, 10, 20)),
        ("2024-01-05 10:20:30 -0500", utc(2024, 1, 5, 15, 20, 30)),
        ("2024-01-05 10:20:30 +05:30", utc(2024, 1, 5, 4, 50, 30)),
        ("2024-01-05 10:20 +02", utc(2024, 1, 5, 8, 20)),
        ("2026-01-04 16:39.000000000 +09:00", utc(2026, 1, 4, 7, 39)),
        ("2024-01-05 10:00 EST", utc(2024, 1, 5, 15)),
        ("2024-01-05 10:00 pdt", utc(2024, 1, 5, 17)),
        ("2024-01-05 10:20:30 +0000 UTC", utc(2024, 1, 5, 10, 20, 30)),
        ("2024-01-05 10:20:30 UTC", utc(2024, 1, 5, 10, 20, 30)),
        ("1704449830", utc(2024, 1, 5, 10, 17, 10)),
        ("1704449830123", utc(2024, 1, 5, 10, 17, 10)),
        ("Fri, 05 Jan 2024 10:20:30 GMT", utc(2024, 1, 5, 10, 20, 30)),
        ("Fri, 5 Jan 2024 10:20:30 -0500 (EST)", utc(2024, 1, 5, 15, 20, 30)),
        ("Fri Jan 05 2024 10:20:30 GMT+0100 (CET)", utc(2024, 1, 5, 9, 20, 30)),
        ("January 5, 2024", utc(2024, 1, 5)),
        ("Jan. 5th, 2024 at 10:20 a.m.", utc(2024, 1, 5, 10, 20)),
        ("5 January 2024", utc(2024, 1, 5)),
        ("5 sept 2024 10:20", utc(2024, 9, 5, 10, 20)),
        ("2024-02-29", utc(2024, 2, 29)),
        ("  2024-01-05\n", utc(2024, 1, 5)),
        ("0001-01-01", utc(1, 1, 1)),
        ("9999-12-31 23:59:59", utc(9999, 12, 31, 23, 59, 59)),
    ],
)
def test_the_known_forms_are_read_exactly(text: str, moment: datetime) -> None:
    assert read(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-31",
        "2023-02-29",
        "2024-13-01",
        "13/01/2024",
        "2024-00-10",
        "0000-01-01",
        "2024-01-05 25:00",
        "2024-01-05 10:60",
        "2024-01-05T24:00:00Z",
        "2024-01-05 10:20:60",
        "2024-01-05 13:00 PM",
        "31 June 2024",
        "0001-01-01 00:00 +0100",
        "9999-12-31 23:00 -0200",
        "2024-01-05 10:00 +99:00",
        "2023-02-31-01-02-03",
    ],
)
def test_a_day_or_time_that_does_not_exist_is_impossible(text: str) -> None:
    assert read(text) is Unreadable.IMPOSSIBLE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "Last Modified",
        "24-01-05",
        "2024",
        "2024-01",
        "5.1.2024",
        "5 janvier 2024",
        "2024-01-05 10:00 CET",
        "170444983",
        "17044498301",
        "-1704449830",
        "2023-01-29 18:30:22 2023 -0800",
        "٢٠٢٤-٠١-٠٥",
        "2024-01-05x",
    ],
)
def test_anything_else_is_not_guessed_at(text: str) -> None:
    assert read(text) is Unreadable.UNKNOWN


def test_without_a_zone_the_time_is_the_sites() -> None:
    assert read("2020-09-30-07-42-47", timezone=LONDON) == utc(2020, 9, 30, 6, 42, 47)
    assert read("2024-01-05", timezone=NEW_YORK) == utc(2024, 1, 5, 5)


def test_a_zone_in_the_text_wins() -> None:
    assert read("2020-09-30 07:42 Z", timezone=NEW_YORK) == utc(2020, 9, 30, 7, 42)
    assert read("1704449830", timezone=NEW_YORK) == utc(2024, 1, 5, 10, 17, 10)


def test_a_time_that_the_clocks_skip_is_moved_forward_by_the_gap() -> None:
    assert read("2020-03-29 01:30", timezone=LONDON) == utc(2020, 3, 29, 1, 30)
    assert utc(2020, 3, 29, 1, 30).astimezone(LONDON).hour == 2


def test_of_a_time_that_comes_twice_the_first_is_meant() -> None:
    assert read("2020-10-25 01:30", timezone=LONDON) == utc(2020, 10, 25, 0, 30)


def test_a_configured_format_goes_first_and_decides() -> None:
    assert read("05/01/2024", "%d/%m/%Y") == utc(2024, 1, 5)
    assert read("9/24/2023", "%d/%m/%Y") is Unreadable.IMPOSSIBLE
    assert read("9/24/2023", "%d/%m/%Y", "%m/%d/%Y") == utc(2023, 9, 24)
    assert read("2024-01-05", "%d/%m/%Y") == utc(2024, 1, 5)


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("%d.%m.%Y %H:%M", "5.1.2024 10:20"),
        ("%A, %d. %B %Y, %I.%M %p", "Friday, 05. January 2024, 10.20 AM"),
        ("%Y年%m月%d日 %H:%M", "2024年1月5日 10:20"),
        ("%FT%H:%M%z", "2024-01-05T12:20+0200"),
        ("%b %e %Y 100%% %H%M", "Jan  5 2024 100% 1020"),
        ("%Y%m%d-%H%M", "20240105-1020"),
        ("on %-d/%-m/%Y at %H:%M", "on 5/1/2024 at 10:20"),
    ],
)
def test_configured_formats_are_followed(format: str, text: str) -> None:
    assert is_format(format)
    assert read(text, format) == utc(2024, 1, 5, 10, 20)


@pytest.mark.parametrize("format", ["", "%Q", "%Y-%Y-%d", "%H:%M", "%Y-%m", "no date"])
def test_a_format_that_cannot_give_a_date_is_told(format: str) -> None:
    assert not is_format(format)


_MOMENTS = st.datetimes(utc(1000, 1, 1).replace(tzinfo=None), utc(9999, 12, 30).replace(tzinfo=None)).map(
    lambda moment: moment.replace(microsecond=0)
)


@pytest.mark.parametrize(
    "format",
    [
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%d-%H-%M-%S",
        "%Y/%m/%d %H:%M:%S",
        "%m/%d/%Y %H:%M:%S",
        "%Y%m%dT%H%M%S",
        "%B %d, %Y %H:%M:%S",
        "%d %b %Y %H:%M:%S",
        "%a, %d %b %Y %H:%M:%S GMT",
        "%m/%d/%Y %I:%M:%S %p",
    ],
)
@given(moment=_MOMENTS)
def test_what_is_written_in_a_known_form_comes_back(format: str, moment: datetime) -> None:
    assert read(moment.strftime(format)) == moment.replace(tzinfo=UTC)
    assert read(moment.strftime(format), format) == moment.replace(tzinfo=UTC)


@given(_MOMENTS, st.integers(-14 * 60, 14 * 60))
def test_an_offset_comes_back(moment: datetime, minutes: int) -> None:
    aware = moment.replace(tzinfo=UTC).astimezone(ZoneInfo("UTC"))
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    local = moment + timedelta(minutes=minutes)

    assert read(f"{local.isoformat()}{sign}{hours:02}:{rest:02}") == aware


@given(st.text(max_size=30))
def test_no_text_is_more_than_not_understood(text: str) -> None:
    assert isinstance(read(text, timezone=LONDON), datetime | Unreadable)


@pytest.mark.parametrize(
    ("stem", "date", "slug"),
    [
        ("2020-01-31-a-slug", utc(2020, 1, 31), "a-slug"),
        ("2020-01-31_a_slug", utc(2020, 1, 31), "a_slug"),
        ("2020-01-31", utc(2020, 1, 31), ""),
        ("2020-02-31-a-slug", None, "2020-02-31-a-slug"),
        ("2020-01-310", None, "2020-01-310"),
        ("a-slug", None, "a-slug"),
        ("120-2020-01-31", None, "120-2020-01-31"),
    ],
)
def test_a_file_name_may_begin_with_a_date(stem: str, date: datetime | None, slug: str) -> None:
    assert date_from_name(stem, timezone=ZULU) == (date, slug)


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("blog/2020-01-31-a.md", utc(2020, 1, 31)),
        ("blog/2020-01-31-a/index.md", utc(2020, 1, 31)),
        ("blog/2020/01/31/a.md", utc(2020, 1, 31)),
        ("2020/01/31/a/index.md", utc(2020, 1, 31)),
        ("2019-05-05/2020-01-31-a.md", utc(2020, 1, 31)),
        ("blog/2020/01/a.md", None),
        ("blog/a.md", None),
    ],
)
def test_a_path_may_tell_the_date(path: str, date: datetime | None) -> None:
    assert date_from_path(PurePosixPath(path), timezone=ZULU) == date


@pytest.mark.parametrize("letter", DATE_DIRECTIVES)
def test_every_directive_that_settings_allow_is_followed(letter: str) -> None:
    already = "%Y-%m-%d"
    assert is_format(already if letter in already else f"{already} %{letter}")
