"""A process that keeps message channels open until it is killed: ``mortal_keeper URL KEY``."""

import asyncio
import sys

from callwright.channels.addresses import Reach
from callwright.channels.http import GuardedHttp
from callwright.db.session import Database
from callwright.kit.clock import SystemClock
from callwright.kit.secrets import SecretBox
from callwright.messaging.channels import opened
from callwright.messaging.keeping import keep_channels


async def _keep(url: str, key: str) -> None:
    box, http = SecretBox(key), GuardedHttp(Reach())
    await keep_channels(Database(url), lambda row: opened(row, box=box, http=http), SystemClock(), look_s=0.1)


if __name__ == "__main__":
    asyncio.run(_keep(sys.argv[1], sys.argv[2]))
