"""Which parameters a route asks its address for: others are refused, as no filter may be passed over."""

from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError
from fastapi.params import Query
from fastapi.routing import APIRoute
from starlette.requests import HTTPConnection

_known: dict[str, frozenset[str]] = {}


def refuse_unknown(connection: HTTPConnection) -> None:
    """Raise RequestValidationError for a parameter that the route doesn't know."""
    route = connection.scope.get("route")
    if not isinstance(route, APIRoute) or not connection.query_params:
        return
    known = _known_to(route)
    unknown = [name for name in dict.fromkeys(connection.query_params) if name not in known]
    if unknown:
        told = f"There is no such parameter. This address knows {', '.join(sorted(known)) or 'none'}"
        raise RequestValidationError(
            [{"type": "extra_forbidden", "loc": ("query", name), "msg": told, "input": None} for name in unknown]
        )


def _known_to(route: APIRoute) -> frozenset[str]:
    """Return the names once found: to go through all that a route depends on takes longer than the rest of this."""
    if route.unique_id not in _known:
        parameters = get_flat_params(route.dependant)
        _known[route.unique_id] = frozenset(one.alias for one in parameters if isinstance(one.field_info, Query))
    return _known[route.unique_id]
