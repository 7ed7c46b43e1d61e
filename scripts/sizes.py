"""Keep files and functions small: no Python or TypeScript file over 400 lines, no Python function over 50."""

import ast
import subprocess
import sys
from pathlib import Path

FILE_LINES = 400
FUNCTION_LINES = 50
EXEMPT = ("src/callwright/db/migrations/versions/",)


def tracked() -> list[Path]:
    """Return the tracked and the new source files that still exist."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py", "*.ts", "*.tsx"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return [Path(name) for name in listed if Path(name).exists() and not name.startswith(EXEMPT)]


def long_functions(path: Path, text: str) -> list[str]:
    """Return a line for each function of ``path`` that is too long."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [node for node in ast.walk(ast.parse(text)) if isinstance(node, kinds)]
    return [
        f"{path}:{node.lineno}: {node.name} has {length} lines; a function may have {FUNCTION_LINES}"
        for node in found
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    ]


def main() -> int:
    """Print every breach; return 1 if there is one."""
    breaches: list[str] = []
    for path in tracked():
        text = path.read_text(encoding="utf-8")
        if (lines := text.count("\n")) > FILE_LINES:
            breaches.append(f"{path}: {lines} lines; a file may have {FILE_LINES}: find the missing noun")
        if path.suffix == ".py":
            breaches += long_functions(path, text)
    sys.stdout.writelines(f"{breach}\n" for breach in breaches)
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
