"""What is said of the codes of the sample delivery: what each of them shows."""

from typing import Final

from dockmark.wording.catalogue import noun
from dockmark.wording.nouns import known

_SAID: Final = (
    noun("the box: opens ASN-90210"),
    noun("asks how many: 100"),
    noun("a lone serial: the part is inferred"),
    noun("wrong part"),
    noun("not on this advice"),
    noun("look-alike"),
    noun("letters O for zeros"),
    noun("out of range"),
    noun("outside the maker's range"),
    noun("recalled lot"),
    noun("blind or against PO-4712"),
    noun("scrapped, seen again"),
    noun("alive elsewhere"),
    noun("lies in A-01"),
    noun("comes back"),
    noun("from Clinic West: a return"),
    noun("certificate wanted"),
    noun("against PO-4713"),
    noun("damaged code"),
    noun("its check digit is wrong"),
    noun("expired"),
)
SAMPLES: Final = {words: words for words in _SAID}


def sample_word(text: str) -> str:
    """A remark on a code of the sample delivery; what is no remark is data and stays as it is."""
    return known(SAMPLES, text) or text
