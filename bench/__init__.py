"""How fast the service is, and whether it keeps its word for a year: one program for each."""

import sys
from pathlib import Path

# What is simulated works on the same publication that tests work on.
sys.path.append(str(Path(__file__).parents[1] / "tests"))
