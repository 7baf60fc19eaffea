"""RSS, Atom and JSON Feed for any directory of posts."""
