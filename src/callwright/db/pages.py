"""Pages of lists over tables of any size."""

from uuid import UUID

from sqlalchemy import CTE, Select


def found_first(page: Select[UUID]) -> CTE:
    """Return the ids of a page's rows as a table to join, found before anything is joined to them.

    Of a join of several tables PostgreSQL expects so few rows that it would rather sort all of them than walk along
    an index.
    """
    return page.cte("page").prefix_with("MATERIALIZED", dialect="postgresql")
