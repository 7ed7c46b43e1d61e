"""When deliveries are tried again, and how they are signed."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from callwright.webhooks.retrying import GIVEN_UP_AFTER, PAUSES, is_given_up, next_try
from callwright.webhooks.signing import new_secret, signed_headers

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_delivery_is_tried_for_a_day_at_longer_and_longer_pauses() -> None:
    delivery, now, pauses = uuid4(), NOW, []
    for tries in range(1, 100):
        again = next_try(delivery, tries, now)
        if again is None:
            break
        pauses.append(again - now)
        now = again
    assert len(pauses) == len(PAUSES)
    assert pauses == sorted(pauses)
    assert timedelta(hours=21) < now - NOW < timedelta(hours=27)


def test_a_webhook_is_given_up_after_days_or_when_it_says_so() -> None:
    assert not is_given_up(None, 500, NOW)
    assert not is_given_up(NOW - GIVEN_UP_AFTER + timedelta(seconds=1), None, NOW)
    assert is_given_up(NOW - GIVEN_UP_AFTER, None, NOW)
    assert is_given_up(None, 410, NOW)


def test_the_signature_is_the_standards() -> None:
    # The example of the specification's reference implementation.
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", '{"test": 2432232314}'
    headers = signed_headers(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert headers["webhook-timestamp"] == "1614265330"
    assert new_secret() != new_secret()
