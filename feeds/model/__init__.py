"""The nouns: frozen, dumb, documented."""
