"""Countries by name and by their two letters (ISO 3166-1), for the help lines."""

from __future__ import annotations

import functools
import unicodedata

# The short names in use in English; a second one after a slash.
_COUNTRIES = """
AD Andorra; AE United Arab Emirates/UAE; AF Afghanistan; AG Antigua and Barbuda; AL Albania; AM Armenia; AO Angola;
AR Argentina; AT Austria; AU Australia; AZ Azerbaijan; BA Bosnia and Herzegovina/Bosnia; BB Barbados; BD Bangladesh;
BE Belgium; BF Burkina Faso; BG Bulgaria; BH Bahrain; BI Burundi; BJ Benin; BN Brunei; BO Bolivia; BR Brazil;
BS Bahamas; BT Bhutan; BW Botswana; BY Belarus; BZ Belize; CA Canada; CD Democratic Republic of the Congo;
CF Central African Republic; CG Congo; CH Switzerland; CI Ivory Coast/Cote d'Ivoire; CL Chile; CM Cameroon; CN China;
CO Colombia; CR Costa Rica; CU Cuba; CV Cape Verde/Cabo Verde; CY Cyprus; CZ Czechia/Czech Republic; DE Germany;
DJ Djibouti; DK Denmark; DM Dominica; DO Dominican Republic; DZ Algeria; EC Ecuador; EE Estonia; EG Egypt; ER Eritrea;
ES Spain; ET Ethiopia; FI Finland; FJ Fiji; FM Micronesia; FR France; GA Gabon; GB United Kingdom/UK/Great Britain;
GD Grenada; GE Georgia; GH Ghana; GM Gambia; GN Guinea; GQ Equatorial Guinea; GR Greece; GT Guatemala;
GW Guinea-Bissau; GY Guyana; HK Hong Kong; HN Honduras; HR Croatia; HT Haiti; HU Hungary; ID Indonesia; IE Ireland;
IL Israel; IN India; IQ Iraq; IR Iran; IS Iceland; IT Italy; JM Jamaica; JO Jordan; JP Japan; KE Kenya; KG Kyrgyzstan;
KH Cambodia; KI Kiribati; KM Comoros; KN Saint Kitts and Nevis; KP North Korea; KR South Korea/Korea; KW Kuwait;
KZ Kazakhstan; LA Laos; LB Lebanon; LC Saint Lucia; LI Liechtenstein; LK Sri Lanka; LR Liberia; LS Lesotho;
LT Lithuania; LU Luxembourg; LV Latvia; LY Libya; MA Morocco; MC Monaco; MD Moldova; ME Montenegro; MG Madagascar;
MH Marshall Islands; MK North Macedonia/Macedonia; ML Mali; MM Myanmar/Burma; MN Mongolia; MR Mauritania; MT Malta;
MU Mauritius; MV Maldives; MW Malawi; MX Mexico; MY Malaysia; MZ Mozambique; NA Namibia; NE Niger; NG Nigeria;
NI Nicaragua; NL Netherlands/Holland; NO Norway; NP Nepal; NR Nauru; NZ New Zealand; OM Oman; PA Panama; PE Peru;
PG Papua New Guinea; PH Philippines; PK Pakistan; PL Poland; PR Puerto Rico; PS Palestine; PT Portugal; PW Palau;
PY Paraguay; QA Qatar; RO Romania; RS Serbia; RU Russia; RW Rwanda; SA Saudi Arabia; SB Solomon Islands;
SC Seychelles; SD Sudan; SE Sweden; SG Singapore; SI Slovenia; SK Slovakia; SL Sierra Leone; SM San Marino;
SN Senegal; SO Somalia; SR Suriname; SS South Sudan; ST Sao Tome and Principe; SV El Salvador; SY Syria;
SZ Eswatini/Swaziland; TD Chad; TG Togo; TH Thailand; TJ Tajikistan; TL East Timor/Timor-Leste; TM Turkmenistan;
TN Tunisia; TO Tonga; TR Turkey/Turkiye; TT Trinidad and Tobago; TV Tuvalu; TW Taiwan; TZ Tanzania; UA Ukraine;
UG Uganda; US United States/USA/America; UY Uruguay; UZ Uzbekistan; VA Vatican City; VC Saint Vincent; VE Venezuela;
VN Vietnam; VU Vanuatu; WS Samoa; XK Kosovo; YE Yemen; ZA South Africa; ZM Zambia; ZW Zimbabwe
"""

# Nations that have help lines as part of a country, and letters that people type for one.
_PARTS = {"england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "uk": "GB"}


def country(text: str) -> str | None:
    """The two letters for a name or for two letters, or None.

    >>> country("germany"), country("uk"), country("Côte d'Ivoire"), country("zz")
    ('DE', 'GB', 'CI', None)
    """
    said = _plain(text)
    return _PARTS.get(said) or _codes().get(said)


def name_of(code: str) -> str:
    """The name for two letters, or the letters themselves."""
    return _names().get(code.upper(), code)


@functools.cache
def _names() -> dict[str, str]:
    entries = (entry.split(" ", 1) for entry in " ".join(_COUNTRIES.split()).split("; "))
    return {code: names.split("/")[0] for code, names in entries}


@functools.cache
def _codes() -> dict[str, str]:
    entries = [entry.split(" ", 1) for entry in " ".join(_COUNTRIES.split()).split("; ")]
    by_name = {_plain(name): code for code, names in entries for name in names.split("/")}
    return by_name | {code.casefold(): code for code, _ in entries}


def _plain(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().removeprefix("the ").split())
