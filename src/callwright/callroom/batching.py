"""Many calls' wishes of the database in one transaction, as many as have come while the last one ran."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

Perform = Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]


class Batch(Generic[Item, Result]):
    """Performs what is asked of it together, at most ``most`` at once; a lone wish does not wait for company.

    ``perform`` returns one result for each item, in their order, or raises for all of them.
    """

    def __init__(self, perform: Perform[Item, Result], *, most: int) -> None:
        self._perform = perform
        self._most = most
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._working: asyncio.Task[None] | None = None

    async def do(self, item: Item) -> Result:
        """Return what came of ``item``. Raises what ``perform`` raised for the batch that it was in."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._working is None:
            self._working = asyncio.create_task(self._work(), name="batch")
        return await future

    async def _work(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                await self._one(batch)
        finally:
            self._working = None

    async def _one(self, batch: Sequence[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            results = await self._perform([item for item, _ in batch])
        except Exception as error:
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), result in zip(batch, results, strict=True):
            if not future.done():
                future.set_result(result)
