"""Who may do what, which passwords will do, and how guessing is slowed down."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.accounts import passwords
from callwright.accounts.errors import InvalidEmailError, TooManySignInsError, WeakPasswordError
from callwright.accounts.roles import WHO_MAY, Act, Role, may, require
from callwright.accounts.service import normal_email
from callwright.accounts.throttle import SignInThrottle
from callwright.kit.errors import ForbiddenError

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_the_table_names_every_act() -> None:
    assert set(WHO_MAY) == set(Act)


def test_agents_may_spare_people_further_calls_and_inspectors_correct_what_they_read() -> None:
    reading = {Act.READ_TASKS, Act.READ_CALLS, Act.READ_CUSTOMERS, Act.READ_DO_NOT_CALL, Act.READ_WARNINGS}
    everyone = {*reading, Act.BIND_CHATS}
    assert {act for act in Act if may(Role.INSPECTOR, act)} == everyone | {Act.CORRECT_GRADES}
    assert {act for act in Act if may(Role.AGENT, act)} == everyone | {Act.ADD_DO_NOT_CALL, Act.CHANGE_CUSTOMERS}


def test_files_hold_whole_numbers_of_everybodys_customers_so_only_who_sees_those_exports() -> None:
    assert WHO_MAY[Act.EXPORT] <= WHO_MAY[Act.SEE_NUMBERS] & WHO_MAY[Act.ASSIGN_CUSTOMERS]


def test_a_refusal_says_who_can() -> None:
    with pytest.raises(ForbiddenError, match="Your role, supervisor, may not change lines; operator, owner can"):
        require(Role.SUPERVISOR, Act.CHANGE_LINES)
    require(Role.OWNER, Act.CHANGE_LINES)


@pytest.mark.parametrize("password", ["short", "x" * 1025, "a@company.example", "aaaaaaaaaaaa"])
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(WeakPasswordError):
        passwords.check_strength(password, "a@company.example")


async def test_a_password_fits_its_hash_however_its_accents_are_typed() -> None:
    kept = await passwords.hashed("caf\u00e9 au lait")
    assert kept.startswith("$argon2id$")
    assert await passwords.matches("cafe\u0301 au lait", kept)
    assert not await passwords.matches("cafe au lait", kept)
    assert not await passwords.matches("caf\u00e9 au lait", None)
    assert not await passwords.matches("caf\u00e9 au lait", "no hash")


@pytest.mark.parametrize("email", ["", "a", "a@b", "a b@c.example", "a@b@c.example", f"{'x' * 250}@c.example"])
def test_what_is_no_email_is_refused(email: str) -> None:
    with pytest.raises(InvalidEmailError):
        normal_email(email)


def test_emails_are_kept_in_lower_case() -> None:
    assert normal_email(" Ann@Company.Example ") == "ann@company.example"


def test_ten_failures_of_a_pair_are_enough_for_a_quarter_of_an_hour() -> None:
    throttle = SignInThrottle()
    for number in range(10):
        throttle.begin("a", "1", NOW + timedelta(minutes=number))
    with pytest.raises(TooManySignInsError) as raised:
        throttle.begin("a", "1", NOW + timedelta(minutes=14))
    assert raised.value.fields["wait_s"] == 60
    throttle.begin("a", "2", NOW + timedelta(minutes=14))
    throttle.begin("b", "1", NOW + timedelta(minutes=14))
    throttle.begin("a", "1", NOW + timedelta(minutes=15))


def test_success_forgets_failures() -> None:
    throttle = SignInThrottle(failures=2)
    for _ in range(5):
        throttle.begin("a", "1", NOW)
        throttle.forget("a", "1")


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 40)), max_size=80))
def test_no_pair_ever_gets_more_tries_than_allowed_in_any_window(tries: list[tuple[str, int]]) -> None:
    throttle = SignInThrottle(failures=3, within=timedelta(minutes=10))
    passed: dict[str, list[int]] = {}
    for email, minute in sorted(tries, key=lambda one: one[1]):
        try:
            throttle.begin(email, "1", NOW + timedelta(minutes=minute))
        except TooManySignInsError:
            continue
        times = passed.setdefault(email, [])
        times.append(minute)
        assert len([one for one in times if minute - one < 10]) <= 3


def test_the_throttles_memory_is_bounded() -> None:
    throttle = SignInThrottle(pairs=100)
    for number in range(1000):
        throttle.begin(f"{number}", "1", NOW)
    assert len(throttle._attempts) == 100
