"""When work runs: the scheduler, the watcher, the one engine at a time."""
