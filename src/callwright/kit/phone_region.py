"""Where a phone number is at home: province and city, without asking anybody (the phonenumbers geocoder).

The geocoder's tables take about 150 MB and seconds to load, so this stands apart from
kit.phone_place: only a process that routes calls pays for it.
"""

from functools import lru_cache

import phonenumbers
from phonenumbers import geocoder
from phonenumbers.geodata import GEOCODE_DATA

from callwright.kit.phone_place import Region, country_of

_LANGUAGE = "en"
_STATES = {
    "US": (
        "Alabama AL|Alaska AK|Arizona AZ|Arkansas AR|California CA|Colorado CO|Connecticut CT|Delaware DE|"
        "Washington D.C. DC|District of Columbia DC|Florida FL|Georgia GA|Hawaii HI|Idaho ID|Illinois IL|"
        "Indiana IN|Iowa IA|Kansas KS|Kentucky KY|Louisiana LA|Maine ME|Maryland MD|Massachusetts MA|"
        "Michigan MI|Minnesota MN|"
        "Mississippi MS|Missouri MO|Montana MT|Nebraska NE|Nevada NV|New Hampshire NH|New Jersey NJ|New Mexico NM|"
        "New York NY|North Carolina NC|North Dakota ND|Ohio OH|Oklahoma OK|Oregon OR|Pennsylvania PA|"
        "Rhode Island RI|South Carolina SC|South Dakota SD|Tennessee TN|Texas TX|Utah UT|Vermont VT|Virginia VA|"
        "Washington State WA|Washington WA|West Virginia WV|Wisconsin WI|Wyoming WY"
    ),
    "CA": (
        "Alberta AB|British Columbia BC|Manitoba MB|New Brunswick NB|Newfoundland and Labrador NL|Nova Scotia NS|"
        "Ontario ON|Prince Edward Island PE|Quebec QC|Saskatchewan SK|Yukon YT|Northwest Territories NT|Nunavut NU"
    ),
}
"""The geocoder writes a state out where it knows no city; two letters say the same in both cases."""
_LETTERS = {
    country: {name: letters for name, _, letters in (entry.rpartition(" ") for entry in states.split("|"))}
    for country, states in _STATES.items()
}


@lru_cache(maxsize=16_384)
def region_of(number: str) -> Region:
    """Return where an E.164 ``number`` was given out: its owner may have moved, or ported it."""
    country = country_of(number)
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return Region(country)
    described: str = geocoder.description_for_number(parsed, _LANGUAGE)
    if not described or described == geocoder.country_name_for_number(parsed, _LANGUAGE):
        return Region(country)
    return _described(country, described)


@lru_cache(maxsize=16)
def regions_in(country: str) -> tuple[Region, ...]:
    """Return every place in a country that a number can be told to be from: provinces, and cities within them."""
    code = str(phonenumbers.country_code_for_region(country))
    texts = {names.get(_LANGUAGE) for prefix, names in GEOCODE_DATA.items() if prefix.startswith(code)}
    found = {_described(country, text) for text in texts if text}
    found |= {Region(country, region.province) for region in found}
    return tuple(sorted((one for one in found if one.province), key=lambda one: (one.province, one.city)))


def _described(country: str, described: str) -> Region:
    city, _, province = described.rpartition(", ")
    letters = _LETTERS.get(country)
    if letters is None:
        return Region(country, province, city)
    return _american(country, city, province, letters)


def _american(country: str, city: str, last: str, letters: dict[str, str]) -> Region:
    """Return the region for ``City, ST``, a state written out, or several states of one area code (none then)."""
    state = letters.get(last, last)
    known = "/" not in last and state in letters.values()
    return Region(country, state, city) if known else Region(country)
