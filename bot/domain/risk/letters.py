"""One spelling for what is typed in a hurry, in either alphabet, with or without the letters of its language.

Cyrillic and Latin letters meet in a Latin skeleton, in which one word is spelt one way however it was typed: the
Kazakh word for *my husband* with its own letters, with Russian ones and in Latin is `kueuim` each time. Words that fall
together by this are told apart by their neighbours. The skeleton is for comparing; nobody ever reads it.
"""

import re
import unicodedata

_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһіїўєґ"
_AS_LATIN = "a.b.v.g.d.e.j.z.i.i.k.l.m.n.o.p.r.s.t.u.f.h.s.ch.sh.sh..i..e.iu.ia.e.a.g.k.n.o.u.u.h.i.i.u.e.g"
_LOOKS_CYRILLIC = str.maketrans("aceopxyhkmtb", "асеорхункмтв")
_LOOKS_LATIN = str.maketrans("асеорхукмтві", "aceopxykmtbi")

_SKELETON = str.maketrans(
    dict(zip(_CYRILLIC, _AS_LATIN.split("."), strict=True))
    | {"ı": "i", "ş": "sh", "ç": "ch", "ŋ": "n", "ß": "s", "ə": "a", "ø": "o"}
)
_APOSTROPHES = re.compile(r"(?<=[^\W\d_])['’`ʼʹ´‘*](?=[^\W\d_])")
_CALL_SIGN = "\U0001f198"  # the sign SOS
_SPACED_OUT = re.compile(r"\b(?:[^\W\d_][ .\-]){3,}[^\W\d_]\b")
_LATIN, _CYRILLIC_LETTER = re.compile(r"[a-z]"), re.compile(r"[\u0400-\u04ff]")
_MIXED = re.compile(r"[^\W\d_]*(?:[a-z][\u0400-\u04ff]|[\u0400-\u04ff][a-z])[^\W\d_]*")
_DIGITS_WITHIN = re.compile(r"(?<=[^\W\d_])[034@$!](?=[^\W\d_])|\b[46](?=[a-z]{2})")
_DIGITS = {"0": "o", "3": "z", "4": "ch", "6": "sh", "@": "a", "$": "s", "!": "i"}
_SOFT_BEFORE_E = re.compile("[ьъ](?=[её])")
_SHORT_I = "\u0439"
_STEPS = tuple(
    (re.compile(wanted), put)
    for wanted, put in (
        ("s(?:h?ch|h)", "sh"),  # one sound, spelt in three ways
        ("dzh|dj|zh", "j"),
        ("kh|x", "h"),
        ("t[sz](?=[a-z])", "s"),
        ("ph", "f"),
        ("gh", "g"),
        ("ck|q", "k"),
        ("c(?=[eiy])", "s"),
        ("c(?!h)", "k"),
        ("ng", "n"),
        ("w", "u"),
        ("y", "i"),
        ("(?<=[^aeiou\\W])j(?=[aeou])|j(?![aeiou])", "i"),
        ("io", "ie"),
        ("\\bie|(?<=[aeou])ie", "e"),
        (r"([a-z])\1+", r"\1"),
    )
)
_MARKS = re.compile("[\u0300-\u036f]")
_BEGINS_CYRILLIC = re.compile(r"(?<![^\W\d_])(?=[\u0400-\u04ff])")
_TOKEN = re.compile("~?[a-z]+|[0-9]+")

CYRILLIC = "~"
"""Stands before a word that was typed in Cyrillic."""


def skeleton(words: str) -> list[str]:
    """The words of a text in the one spelling, numbers among them, those in Cyrillic marked."""
    spoken = unicodedata.normalize("NFKC", words).casefold().replace(_CALL_SIGN, " sos ")
    spoken = _APOSTROPHES.sub("", spoken)
    spoken = _SPACED_OUT.sub(lambda found: re.sub(r"[ .\-]", "", found[0]), spoken)
    if not spoken.isascii():
        spoken = _SOFT_BEFORE_E.sub(_SHORT_I, _MIXED.sub(_one_alphabet, spoken))
    spoken = _DIGITS_WITHIN.sub(lambda found: _DIGITS[found[0]], spoken)
    if not spoken.isascii():
        spoken = _BEGINS_CYRILLIC.sub(CYRILLIC, spoken).translate(_SKELETON)
        spoken = _MARKS.sub("", unicodedata.normalize("NFD", spoken))
    for wanted, put in _STEPS:
        spoken = wanted.sub(put, spoken)
    return _TOKEN.findall(spoken)


def _one_alphabet(found: re.Match[str]) -> str:
    """A word of both alphabets, in the one that most of its letters have."""
    word = found[0]
    if len(_CYRILLIC_LETTER.findall(word)) >= len(_LATIN.findall(word)):
        return word.translate(_LOOKS_CYRILLIC)
    return word.translate(_LOOKS_LATIN)
