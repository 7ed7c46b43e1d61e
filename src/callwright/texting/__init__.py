"""Engine: text messages as telephone networks carry them, when they may leave, and what is answered to them."""
