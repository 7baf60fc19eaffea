"""The wiring: the only reader of settings, the only place where parts are chosen."""
