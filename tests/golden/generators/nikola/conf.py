BLOG_AUTHOR = "Ada Quill"
BLOG_TITLE = "Harbour Notes"
SITE_URL = "https://harbour.example.net/"
TIMEZONE = "Europe/London"
DEFAULT_LANG = "en"
POSTS = (
    ("posts/*.rst", "notes", "post.tmpl"),
    ("posts/*.md", "notes", "post.tmpl"),
)
