"""What a call costs: pure functions of tariff and talk time, in integers."""
