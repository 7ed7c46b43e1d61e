"""``python -m callwright.web.openapi`` prints the API's description as JSON, without a database."""

import json
import sys

from callwright.web.app import create_app


def main() -> None:
    """Print the description."""
    json.dump(create_app(None).openapi(), sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
