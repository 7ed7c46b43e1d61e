"""How long phone numbers are."""

PHONE_DIGITS = range(5, 16)  # ITU-T E.164 allows at most 15
