"""Telephone numbers of Việt Nam, however they were typed."""

import phonenumbers

REGION = "VN"
_EMERGENCY_DIGITS = 3  # 111, 113, 114, 115
_FREE_PREFIXES = ("1800", "1900")


def phone_e164(text: str) -> str:
    """Return the number in E.164 (``+84901234567``), or an empty text when it is none."""
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return ""
    if (
        phonenumbers.is_possible_number_with_reason(number)
        != phonenumbers.ValidationResult.IS_POSSIBLE
    ):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_as_spoken(text: str) -> str:
    """Return the number grouped for reading aloud (``090 123 45 67``); unknown ones unchanged."""
    compact = "".join(letter for letter in text if letter.isdigit())
    if len(compact) == _EMERGENCY_DIGITS:
        return compact
    if compact.startswith(_FREE_PREFIXES):
        return f"{compact[:4]} {compact[4:]}"
    e164 = phone_e164(text)
    if not e164:
        return text
    number = phonenumbers.parse(e164, REGION)
    is_home = number.country_code == phonenumbers.country_code_for_region(REGION)
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if is_home else form.INTERNATIONAL)
