"""Welsh changes the first letter of a word by what stands before it; `cyllell^` in a rule means all forms."""

_CHANGES = {  # first letters: soft, nasal and aspirate mutation
    "ll": ("l",),
    "rh": ("r",),
    "c": ("g", "ngh", "ch"),
    "p": ("b", "mh", "ph"),
    "t": ("d", "nh", "th"),
    "g": ("", "ng"),
    "b": ("f", "m"),
    "d": ("dd", "n"),
    "m": ("f",),
}


def mutate(word: str) -> tuple[str, ...]:
    """`word` and its mutated forms: pen → pen, ben, mhen, phen. A vowel at the start may get an h."""
    for start, changes in _CHANGES.items():
        if word.startswith(start) and not word.startswith(("ch", "ph", "th", "dd", "ng")):
            return (word, *(change + word[len(start) :] for change in changes))
    return (word, f"h{word}") if word[:1] in set("aeiouwy") else (word,)
