"""Peers get in nobody's way."""

import itertools
import subprocess
import sys

from tests.wire.telephony.peers import free_ports

BLOCK = 8
ELSEWHERE = "from tests.wire.telephony.peers import free_ports; print(free_ports())"


def test_ports_rest_before_they_are_handed_out_again() -> None:
    handed_out = sorted(free_ports(BLOCK) for _ in range(30))
    assert all(later - earlier >= BLOCK for earlier, later in itertools.pairwise(handed_out))


def test_another_run_has_other_ports() -> None:
    ours = [free_ports(BLOCK) for _ in range(60)]  # once round our share
    told = subprocess.run([sys.executable, "-c", ELSEWHERE], capture_output=True, text=True, check=True)
    assert not min(ours) <= int(told.stdout) <= max(ours) + BLOCK
