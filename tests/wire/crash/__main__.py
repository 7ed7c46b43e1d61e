"""``python -m tests.wire.crash --kills 1000 --seed 7``: the crash test, as long as you like."""

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from tests.wire.crash.storm import Outcome, weather

MOST = 1300


def main() -> int:
    """Run it, print what was seen, and return 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    asked = parser.parse_args()
    if asked.kills > MOST:
        parser.error(f"there are telephone numbers for {MOST} kills")
    folder = Path(tempfile.mkdtemp(prefix="cw-crash-"))
    folder.chmod(0o755)
    sys.stdout.write(f"{asked.kills} kills, seed {asked.seed}, in {folder}\n")
    sys.stdout.flush()
    outcome = asyncio.run(weather(folder, kills=asked.kills, seed=asked.seed))
    sys.stdout.write(table(outcome) + "\n")
    return 1 if outcome.verdict.faults or outcome.errors or outcome.killed.total() < asked.kills else 0


def table(outcome: Outcome) -> str:
    """Return an outcome as people read it."""
    rows = [
        *((f"{victim.value}s killed", count) for victim, count in sorted(outcome.killed.items())),
        ("seconds of killing", round(outcome.storm_s)),
        ("seconds until all was done", round(outcome.calm_s)),
        *outcome.verdict.figures.items(),
        ("errors told", len(outcome.errors)),
        ("faults", len(outcome.verdict.faults)),
    ]
    lines = [f"{name:<32}{value:>8}" for name, value in rows]
    return "\n".join([*lines, *(f"  {fault}" for fault in (*outcome.errors, *outcome.verdict.faults))])


if __name__ == "__main__":
    sys.exit(main())
