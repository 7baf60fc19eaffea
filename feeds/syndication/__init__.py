"""From posts to documents: derive, select, render, check. Pure functions: no clock, no disk, no network."""
