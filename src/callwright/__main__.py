"""`python -m callwright`."""

from callwright.cli.main import main

if __name__ == "__main__":
    main()
