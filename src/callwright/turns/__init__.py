"""Who has the floor: when a person has finished, when we stop, when nobody speaks. Pure; time is frames."""
