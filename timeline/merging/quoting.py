"""Whether a title leaves a quotation as it was said: neither cut, nor with words left out. Changes no words itself."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[“”\"«»]")
_STRETCH = re.compile(r"“([^“”]*)”|\"([^\"]*)\"")


def _bare(words: str) -> str:
    return " ".join(_MARKS.sub(" ", words).lower().split()).strip(" .,;:!?")


def keeps_quotations(title: str, sentence: str) -> bool:
    """Whether the title's quotation marks pair and each quoted stretch stands so, word for word, in the sentence.

    >>> keeps_quotations('Pell could "no longer serve"', 'Pell said he could "no longer serve us."')
    True
    >>> keeps_quotations('Pell could serve us."', 'Pell said he could "no longer serve us."')
    False
    """
    if title.count("“") != title.count("”") or title.count('"') % 2:
        return False
    whole = _bare(sentence)
    return all(_bare(a or b) in whole for a, b in _STRETCH.findall(title))


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Start and stop of each quotation of a text, with its marks; one left open goes to the end."""
    return [(m.start(), m.end()) for m in re.finditer(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)", text)]


def before_open_quotation(title: str) -> str:
    """The title up to where a quotation begins that does not end."""
    for start, stop in quoted_spans(title):
        if stop == len(title) and (stop - start < 2 or title[-1] not in '”"'):
            return title[:start].rstrip(" ,:")
    return title
