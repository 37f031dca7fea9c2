"""The two ends of `make safety-proposals`, where the database is: what is approved goes out, the figures come in.

python -m benchmarks.proposals read   the approved proposals as JSON, for benchmarks.candidate
python -m benchmarks.proposals keep   its figures, into the data folder, where the admin shows them
"""

from __future__ import annotations

import argparse
import json
import sys

from sqlalchemy.orm import Session

from content import before_after
from content.database import make_engine
from content.models.proposals import RULE
from content.proposals import as_given, to_export
from content.settings import database_url


def main() -> int:
    """Exit code 1 when nothing is approved, or when there are no figures to keep."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("do", choices=("read", "keep"))
    return read() if arguments.parse_args().do == "read" else keep()


def read() -> int:
    """Print what is approved and not added yet."""
    engine = make_engine(database_url())
    with Session(engine) as session:
        given = as_given([*to_export(session), *to_export(session, RULE)])
    engine.dispose()
    if not given:
        print("No approved proposal waits, so there is nothing to measure.", file=sys.stderr)
        return 1
    print(json.dumps(given, ensure_ascii=False))
    return 0


def keep() -> int:
    """Keep the figures that come in, and say what they are."""
    told = sys.stdin.read()
    if not told.strip():
        print("There are no figures, so those of before are left as they are.", file=sys.stderr)
        return 1
    figures = before_after.from_json(told)
    for name, (hits, total) in figures.before.items():
        after = figures.after[name]
        print(f"{name}: {hits} of {total} before, {after[0]} of {after[1]} after")
    print(f"Gates: {'; '.join(figures.missed) + ' missed' if figures.missed else 'all hold'}.")
    print(f"Kept in {before_after.keep(figures)}. The admin shows it under Assessor, Proposals.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
