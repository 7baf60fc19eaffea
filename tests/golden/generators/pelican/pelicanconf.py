import os
AUTHOR = 'Ada Quill'
SITENAME = "Harbour Notes"
SITEURL = ""
TIMEZONE = 'Europe/London'
DEFAULT_LANG = 'en'
PATH = "content"
ARTICLE_URL = ('notes/{date:%Y}/{date:%b}/'
               '{slug}/')
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
ARTICLE_LANG_URL = "{lang}/notes/{slug}/"
FILENAME_METADATA = r"(?P<date>\d{4}-\d{2}-\d{2})_(?P<slug>.*)"
SLUG_REGEX_SUBSTITUTIONS = [
    (r"[^\w\s-]", ""),  # no signs
    (r"\btea\b", "chai"),
    (r"\s+", "-"),
]
LOAD = os.system("touch never")
