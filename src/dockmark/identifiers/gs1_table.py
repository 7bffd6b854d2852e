"""The GS1 application identifiers: what follows each, what must stand beside it, what must not.

One line each: codes, then the parts of the value, then `>` what the label must also carry (`|` either, `+` both),
then `!` what it must not. A part is n (digits), x (character set 82), y (39) or z (base64url) with its length, `..`
"up to", `?` "may be left out", `/` a rule of `gs1_values`. A `#` in a code stands for any digit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

_ITEM = "01|03|8006"
_ITEM_OR_CONTENT = "01|02|03|8006|8026"
_MEASURED = "30|31##|32##|35##|36##"

_LINES: Final = f"""
00 n18/check
01 n14/check ! 255 37 02
02 n14/check > 37 ! 01 03
03 n14/check ! 01 02 37 235
10 x..20 > {_ITEM_OR_CONTENT}
11 13 15 16 n6/day0 > {_ITEM_OR_CONTENT}
12 n6/day0 > 8020
17 n6/day0 > 255|{_ITEM_OR_CONTENT}
20 n2 > {_ITEM_OR_CONTENT}
21 x..20 > {_ITEM} ! 235
22 x..20 > 01
235 x..28 > 01
240 241 x..30 > {_ITEM_OR_CONTENT}
242 n..6 > 01|02|8006|8026
243 x..20 > 01|03
250 x..30 > 01+21|03+21|8006+21
251 x..30 > {_ITEM}
253 n13/check x..17?
254 x..20 > 414
255 n13/check n..12? ! 01 02 415 8006 8020 8026
30 n..8 > 01|02
37 n..8 > 00+02|00+8026
3900-3909 n..15 > 255|8020 ! 390# 391# 394# 8111
3910-3919 n3/currency n..15 > 8020 ! 391#
3920-3929 n..15 > 01+30|01+31##|01+32##|01+35##|01+36## ! 392# 393#
3930-3939 n3/currency n..15 > {_MEASURED} ! 393#
3940-3943 n4 > 255 ! 394# 8111
3950-3955 n6 > {_MEASURED} ! 392# 393# 395# 8005
400 x..30
401 x..30
402 n17/check
403 x..30 > 00
410 411 412 413 414 416 417 n13/check
415 n13/check > 8020
420 x..20 ! 421
421 n3/country x..9 ! 4307
422 n3/country > {_ITEM_OR_CONTENT} ! 426
423 425 n3/country n3/country? n3/country? n3/country? n3/country? > 01|02|03 ! 426
424 n3/country > 01|02|03 ! 426
426 n3/country > 01|02|03
427 x..3 > 01+422|02+422|03+422
4300 4301 4310 4311 4320 x..35/percent > 00
4302 4304 4305 4306 4312 4314 4315 4316 x..70/percent > 00
4303 x..70/percent > 4302
4313 x..70/percent > 4312
4307 4317 x2/letters > 00
4308 4319 x..30 > 00
4309 n10/latitude n10/longitude > 00
4318 x..20 > 00
4321 4322 4323 n1/yesno > 00
4324 4325 n6/day0 n4/time > 00
4326 n6/day > 00
4330 n6 x1/minus? > 00 ! 4331
4331 n6 x1/minus? > 00 ! 4330
4332 n6 x1/minus? > 00 ! 4333
4333 n6 x1/minus? > 00 ! 4332
7001 n13 > 01|02|8006|8026
7002 x..30 > 01|02
7003 n6/day n4/time > 01|02|03
7004 n..4 > 01+10|03+10
7005 x..12 > 01|02
7006 n6/day > 01|02
7007 n6/day n6/day? > 01|02
7008 x..3 > 01|02
7009 x..10 > 01|02
7010 x..2 > 01|02|03
7011 n6/day n4/time? > 01|02|03
7020 x..20 > 01+416|03+416|8006+416
7021 x..20 > {_ITEM}
7022 x..20 > 01+7021|03+7021|8006+7021
7023 x..30
7030-7039 n3/country_or_999 x..27 > 01|02
7040 n1 x1 x1 x1/index
7041 x..4 > 00
710-717 x..20 > 01
7230-7239 x2 x..28 > 01|8004
7240 x..20 > 01|8006 ! 03
7241 n2/medium > 8017|8018
7242 x..25 > 8017|8018
7250 n8/full_day > 8018 ! 7251
7251 n8/full_day n4/time > 8018
7252 n1/sex > 8018
7253 7254 x..40/percent > 8017|8018 ! 7256 7259
7255 x..10 > 8017|8018 ! 7256 7259
7256 x..90/percent > 8017|8018
7257 x..70/percent > 8018
7258 x3/place_in_row > 8018+7259
7259 x..40/percent > 8018 ! 7256
8001 n4/nonzero n5/nonzero n3/nonzero n1/winding n1 > 01
8002 x..20
8003 n1/zero n13/check x..16?
8004 x..30
8005 n6 > 01|02
8006 n14/check n4/piece ! 01 03 37
8007 x..34/iban > 415
8008 n6/day n2/time n2/sixty? n2/sixty? > 01|02|03
8009 x..50 > 00|01|03
8010 y..30
8011 n..12/no_leading_zero > 8010
8012 x..20 > {_ITEM}
8013 x..25/pair
8014 x..25/pair > 01
8017 n18/check ! 8018
8018 n18/check
8019 n..10 > 8017|8018
8020 x..25 > 415
8026 n14/check n4/piece > 37 ! 02 03 8006
8030 z..90 > 00|01+21|03+21|253|255|8003|8004|8006+21|8010+8011|8017|8018
8040 n15/luhn > 01+21
8041 n15/luhn > 01+21+8040
8042 n32 > 01+21+8040
8043 n18 n..2? > 01+21+8040
8110 8112 x..70
8111 n4 > 255
8200 x..70 > 01
90 x..30
91-99 x..90
"""
# Measures of six digits, the fourth digit of the code telling the decimals: of what is sold, and of what is carried.
_SOLD: Final = (310, 311, 312, 313, 314, 315, 316, *range(320, 330), 350, 351, 352, 356, 357, 360, 361, 364, 365, 366)
_CARRIED: Final = (*range(330, 337), *range(340, 350), 353, 354, 355, 362, 363, 367, 368, 369)

_PREDEFINED: Final = {"00": 20, "01": 16, "02": 16, "03": 16, "20": 4, "41": 16} | {
    **dict.fromkeys(("11", "12", "13", "15", "16", "17"), 8),
    **dict.fromkeys(("31", "32", "33", "34", "35", "36"), 10),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a value: which characters, how many, and the rule they obey."""

    letters: str
    low: int
    high: int
    optional: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Ai:
    """One application identifier."""

    code: str
    form: str
    needs: tuple[tuple[str, ...], ...]
    """Alternatives; of one of them the label must carry every code."""
    bars: tuple[str, ...]
    """Codes that contradict this one."""
    length: int
    """Characters of the value where no separator is needed after it, else 0."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """What the value is made of."""
        return _parts(self.form)


@cache
def _parts(form: str) -> tuple[Part, ...]:
    return tuple(_part(word) for word in form.split())


def _part(word: str) -> Part:
    word, optional = word.removesuffix("?"), word.endswith("?")
    shape, _, rule = word.partition("/")
    high = int(shape[1:].lstrip("."))
    return Part(shape[0], 1 if ".." in shape else high, high, optional, rule)


def _codes(word: str) -> list[str]:
    first, _, last = word.partition("-")
    return [str(code) for code in range(int(first), int(last) + 1)] if last else [first]


def _read_line(line: str) -> list[Ai]:
    rest, _, barred = line.partition(" ! ")
    rest, _, needed = rest.partition(" > ")
    words = rest.split()
    codes = [code for word in words if word[0].isdigit() for code in _codes(word)]
    form = " ".join(word for word in words if not word[0].isdigit())
    needs = tuple(tuple(group.split("+")) for group in needed.split("|")) if needed else ()
    return [
        Ai(code, form, needs, tuple(barred.split()), max(0, _PREDEFINED.get(code[:2], 0) - len(code))) for code in codes
    ]


def _read_table() -> dict[str, Ai]:
    lines = _LINES.strip().splitlines()
    lines += [f"{code}0-{code}5 n6 > 01|02 ! {code}#" for code in _SOLD]
    lines += [f"{code}0-{code}5 n6 > 00|01 ! {code}#" for code in _CARRIED] + ["3370-3375 n6 > 01 ! 337#"]
    return {ai.code: ai for line in lines for ai in _read_line(line)}


TABLE: Final[Mapping[str, Ai]] = _read_table()


def ai_at(text: str, at: int = 0) -> Ai | None:
    """The application identifier whose code stands there."""
    for size in (2, 3, 4):
        found = TABLE.get(text[at : at + size])
        if found is not None:
            return found
    return None


def carries(pattern: str, codes: Iterable[str], besides: str = "") -> bool:
    """Whether one of these codes, another than the one named, fits a pattern such as `01` or `31##`."""
    if "#" not in pattern:
        return pattern in codes
    stem, size = pattern.rstrip("#"), len(pattern)
    return any(len(code) == size and code.startswith(stem) and code != besides for code in codes)
