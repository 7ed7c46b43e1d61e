"""Asking WeChat on behalf of official accounts, with tokens that all processes share.

developers.weixin.qq.com/doc/offiaccount: ``stable_token`` gives the same token to all who ask until it is about to
end, so that several workers need no lock between them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from callwright.channels.http import Answer, GuardedHttp
from callwright.channels.wechat.faults import MEANING, TOKEN_GONE, WeChatFault
from callwright.channels.wechat.port import Account, Accounts, Token
from callwright.kit.clock import Clock
from callwright.kit.json_object import read_object

BASE = "https://api.weixin.qq.com"
HEADERS = {"content-type": "application/json; charset=utf-8", "accept-encoding": "identity"}
EARLIER = timedelta(seconds=60)
"""A token is not used in its last moments: it is to last until what it opens is read."""


@dataclass(frozen=True, slots=True)
class Said:
    """What WeChat answered: a message, where it is one."""

    answer: Answer
    message: Mapping[str, Any] | None = None

    @property
    def code(self) -> int | None:
        """WeChat's code: 0 where it did as asked, nothing where it did not answer in its own way."""
        if self.message is None or not self.answer.succeeded:
            return None
        code = self.message.get("errcode", 0)
        return code if isinstance(code, int) else None

    @property
    def done(self) -> bool:
        """Whether it did as asked."""
        return self.code == 0

    @property
    def refusal(self) -> str:
        """Code and words of a refusal, and nothing else of what it answered."""
        return f"{self.code} {(self.message or {}).get('errmsg', '')}".strip() if self.code else ""

    @property
    def fault(self) -> WeChatFault | None:
        """What its code means, where that is known."""
        return None if self.code is None else MEANING.get(self.code)


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking; ``opened`` where there was a token, so that WeChat was asked for the thing itself."""

    said: Said
    opened: bool


class WeChat:
    """Asks WeChat at ``base`` through ``http``."""

    def __init__(self, http: GuardedHttp, accounts: Accounts, clock: Clock, *, base: str = BASE) -> None:
        self.accounts = accounts
        self._http = http
        self._clock = clock
        self._base = base

    async def ask(self, account: Account, path: str, body: Mapping[str, Any]) -> Asked:
        """Ask for ``path`` below ``/cgi-bin/``; once more, with another token, where the token is refused."""
        token = await self._token(account, refused=None)
        if isinstance(token, Said):
            return Asked(token, opened=False)
        said = await self._post(path, body, token)
        if said.code not in TOKEN_GONE:
            return Asked(said, opened=True)
        other = await self._token(account, refused=token)
        if isinstance(other, Said):
            return Asked(other, opened=False)
        return Asked(await self._post(path, body, other), opened=True)

    async def _token(self, account: Account, *, refused: str | None) -> str | Said:
        """Return a token other than ``refused``, or what WeChat said instead."""
        kept = await self.accounts.token(account)
        if kept is not None and kept.text != refused and kept.until > self._clock.now():
            return kept.text
        got = await self._ask_token(account, force=False)
        if isinstance(got, Token) and got.text == refused:
            # Whatever WeChat takes that token for, it gives another only if told to. It lets itself be told seldom.
            got = await self._ask_token(account, force=True)
        if isinstance(got, Said):
            return got
        await self.accounts.keep(account, got)
        return got.text

    async def _ask_token(self, account: Account, *, force: bool) -> Token | Said:
        now = self._clock.now()
        body = {
            "grant_type": "client_credential",
            "appid": account.app_id,
            "secret": account.app_secret,
            "force_refresh": force,
        }
        said = await self._post("stable_token", body)
        text, lasts = (said.message or {}).get("access_token"), (said.message or {}).get("expires_in")
        if not said.done or not isinstance(text, str) or not isinstance(lasts, int):
            return said
        return Token(text, now + timedelta(seconds=lasts) - EARLIER)

    async def _post(self, path: str, body: Mapping[str, Any], token: str | None = None) -> Said:
        query = f"?{urlencode({'access_token': token})}" if token else ""
        # What is escaped as \u is shown so in some of WeChat's messages.
        content = json.dumps(body, ensure_ascii=False).encode()
        answer = await self._http.post(f"{self._base}/cgi-bin/{path}{query}", content, HEADERS)
        return Said(answer, read_object(answer.text))
