"""Letters in ASCII, as Jigsaw writes them in a link."""

import unicodedata

_TABLE = (
    "æ:ae œ:oe ß:ss þ:th ð:d đ:d ø:o ł:l ı:i ĸ:k ħ:h ŋ:n ŉ:n ŧ:t ə:e ĳ:ij ŝ:sx ſ:s ƒ:f ƌ:d ª:a º:o µ:u "
    "α:a β:b γ:g δ:d ε:e ζ:z η:h θ:o ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s ς:s τ:t υ:y φ:f χ:x ψ:ps ω:w "
    "а:a б:b в:v г:g ґ:g д:d ђ:dj е:e ё:e є:e ж:zh з:z и:i і:i ї:i й:y ј:j к:k л:l љ:lj м:m н:n њ:nj о:o п:p "
    "р:r с:s т:t у:u ў:u ф:f х:kh ц:ts ч:ch џ:dz ш:sh щ:shch ы:y э:e ю:yu я:ya"
)

#: Letters that are more, or other, than an ASCII letter with marks on it (lower case).
_LETTERS = dict(pair.split(":") for pair in _TABLE.split())
_DROPPED = frozenset("|℠™") | frozenset(map(chr, range(0xA1, 0xC0)))


def transliterate(text: str) -> str:
    """Return ``text`` with Latin, Greek and Cyrillic letters in ASCII (ö is o, ß is ss, ж is zh).

    Digits become ASCII digits and spaces plain ones; letters of other scripts
    stay, to be percent-encoded.
    """
    if text.isascii():
        return text.replace("|", "")
    return "".join(map(_ascii, text))


def _ascii(character: str) -> str:
    if character.isalpha():
        return _letter(character)
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if character.isspace():
        return " "
    return "" if character in _DROPPED else character


def _letter(letter: str) -> str:
    lower = letter.lower()
    base = unicodedata.normalize("NFKD", lower)[0]
    written = _LETTERS.get(lower) or _LETTERS.get(base) or base
    if not written.isascii():
        return letter
    return written if letter == lower else written.capitalize()
