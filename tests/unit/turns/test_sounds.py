import numpy as np
import pytest

from callwright.turns.sounds import SILENCE_DB, level_db


def test_full_scale_is_0_dbov_and_nothing_is_silence() -> None:
    assert level_db(np.full(160, -32768, np.int16)) == pytest.approx(0)
    assert level_db(np.full(160, 328, np.int16)) == pytest.approx(-40, abs=0.01)
    assert level_db(np.zeros(160, np.int16)) == level_db(None) == SILENCE_DB
