"""What WeChat tells an account's address: proven, opened, and read. Pure.

Plain messages are proven by token, time and a nonce alone, which say nothing of what stands in the message; so one
nonce may be heard once. In the encrypted mode the proof holds the message, too.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element, ParseError

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

FRESH_FOR = timedelta(minutes=5)
MOST_BYTES = 32 * 1024
MOST_TEXT = 200
BLOCK = 32
"""What WeChat pads to; twice what AES needs."""
RANDOM, LENGTH = 16, 4
SCENE_BEFORE_FOLLOWING = "qrscene_"


class NotWeChatError(Exception):
    """What came is not proven to be from WeChat, or not in its form."""


class EncryptedError(NotWeChatError):
    """What came is encrypted, and the account is registered as one whose messages are plain."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What stands in the address of what came."""

    signature: str
    timestamp: str
    nonce: str
    msg_signature: str = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """What an account and WeChat share; ``aes_key`` in the encrypted mode."""

    app_id: str
    token: str
    aes_key: str = ""

    def __repr__(self) -> str:
        return f"Keys({self.app_id})"


@dataclass(frozen=True, slots=True)
class WeChatEvent:
    """Something that a follower did, or whoever ceases to be one; ``scene`` is of the code that they scanned."""

    kind: str
    openid: str
    scene: str = ""


def prove(proof: Proof, keys: Keys, now: datetime) -> None:
    """Raise NotWeChatError unless ``proof`` is right and fresh."""
    if not hmac.compare_digest(proof.signature.encode(), _signed(keys.token, proof.timestamp, proof.nonce)):
        raise NotWeChatError
    if not proof.timestamp.isascii() or not proof.timestamp.isdigit() or len(proof.timestamp) > 12:
        raise NotWeChatError
    if abs(now.timestamp() - int(proof.timestamp)) > FRESH_FOR.total_seconds():
        raise NotWeChatError


def read_event(body: bytes, proof: Proof, keys: Keys) -> WeChatEvent | None:
    """Return the event that a proven message tells of; nothing for what people write, and other messages.

    Raises NotWeChatError, EncryptedError.
    """
    told = _fields(body)
    if keys.aes_key:
        told = _fields(_opened(told.get("Encrypt", ""), proof, keys))
    elif "Encrypt" in told and "MsgType" not in told:
        raise EncryptedError
    openid = told.get("FromUserName", "")
    if told.get("MsgType") != "event" or not openid:
        return None
    if len(openid) > MOST_TEXT:
        raise NotWeChatError
    scene = told.get("EventKey", "")[:MOST_TEXT].removeprefix(SCENE_BEFORE_FOLLOWING)
    return WeChatEvent(told.get("Event", "").lower(), openid, scene)


def _signed(*parts: str) -> bytes:
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest().encode()


def _fields(body: bytes) -> Mapping[str, str]:
    if len(body) > MOST_BYTES:
        raise NotWeChatError
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise NotWeChatError from None
    return {one.tag: (one.text or "").strip() for one in root}


def _opened(encrypted: str, proof: Proof, keys: Keys) -> bytes:
    right = _signed(keys.token, proof.timestamp, proof.nonce, encrypted)
    if not hmac.compare_digest(proof.msg_signature.encode(), right):
        raise NotWeChatError
    try:
        key, sealed = base64.b64decode(keys.aes_key + "="), base64.b64decode(encrypted, validate=True)
        decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
        padded = decryptor.update(sealed) + decryptor.finalize()
    except ValueError:
        raise NotWeChatError from None
    return _content(padded, keys.app_id)


def _content(padded: bytes, app_id: str) -> bytes:
    pad = padded[-1] if padded else 0
    if not 1 <= pad <= BLOCK or len(padded) < RANDOM + LENGTH + pad:
        raise NotWeChatError
    whole = padded[RANDOM:-pad]
    length = int.from_bytes(whole[:LENGTH], "big")
    content, of = whole[LENGTH : LENGTH + length], whole[LENGTH + length :]
    if len(content) != length or of != app_id.encode():
        raise NotWeChatError
    return content
