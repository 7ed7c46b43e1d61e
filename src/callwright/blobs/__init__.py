"""Large things kept whole: recordings, imported and exported files. ``port`` says how, ``disk`` keeps them."""
