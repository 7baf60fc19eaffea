"""From a file to a post: parse, interpret, compose. Pure functions: no clock, no disk, no network."""
