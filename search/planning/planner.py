"""Cuts a query into groups: numbers of papers first, then words, with what stands for each."""

from collections.abc import Iterator
from dataclasses import replace

from search.planning.lexicon import Lexicon
from search.planning.normal import CJK_RUN, RUN, query_words
from search.planning.paper_numbers import paper_numbers
from search.planning.plan import LITERAL, SUBWORDS, SYNONYM, Alternative, Group, Plan
from search.planning.tokens import Term, term_of

#: Nobody types more; what is longer is cut.
LONGEST = 120
MOST_GROUPS = 8


def plan_query(text: str, lexicon: Lexicon) -> Plan:
    """The plan of a query; without groups where nothing of it can be looked for."""
    plain = query_words(text[:LONGEST])
    groups: dict[str, Group] = {}
    rest, before = [], 0
    for number in paper_numbers(plain):
        shown = plain[number.start : number.end]
        groups[number.token] = Group(shown, (Alternative((shown,), (Term((number.token,)),), LITERAL),))
        rest.append(plain[before : number.start])
        before = number.end
    words = _without_stops(list(_words(" ".join([*rest, plain[before:]]), lexicon)), lexicon, keep_one=not groups)
    for word in words:
        if word not in groups and (group := group_of(word, lexicon)):
            groups[word] = group
    chosen = tuple(groups.values())[:MOST_GROUPS]
    return Plan(plain, chosen, tuple(_parts(chosen, lexicon))[:MOST_GROUPS])


def group_of(word: str, lexicon: Lexicon) -> Group | None:
    """The word, its sub-words and its synonyms as one group."""
    term = term_of(word)
    if term is None:
        return None
    found = [Alternative((word,), (term,), LITERAL)]
    parts = lexicon.sub_words(word)
    if parts:
        found.append(Alternative(parts, _terms(parts), SUBWORDS))
    others = ((other, _terms((other,))) for other in lexicon.synonyms.get(word, ()))
    found += [Alternative((other,), terms, SYNONYM) for other, terms in others if terms]
    return Group(word, tuple(found))


def _terms(words: tuple[str, ...]) -> tuple[Term, ...]:
    return tuple(term for word in words if (term := term_of(word)))


def _words(text: str, lexicon: Lexicon) -> Iterator[str]:
    """Words of a query; neighbouring single characters that no dictionary knows are one word."""
    for match in RUN.finditer(text):
        run = match.group()
        if not CJK_RUN.match(run):
            yield run
            continue
        yield from _joined(lexicon.cut(run), lexicon)


def _joined(words: list[str], lexicon: Lexicon) -> Iterator[str]:
    single = ""
    for word in words:
        if len(word) == 1 and word not in lexicon.stop_words:
            single += word
            continue
        if single:
            yield single
        single = ""
        yield word
    if single:
        yield single


def _without_stops(words: list[str], lexicon: Lexicon, *, keep_one: bool) -> list[str]:
    kept = [word for word in words if word not in lexicon.stop_words]
    return kept or (words if keep_one else [])


def _two_and_one(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """A word of three characters as a known word and the character before or behind it (a fee for parking)."""
    if len(word) != 3 or not CJK_RUN.fullmatch(word):
        return ()
    if lexicon.knows(word[:2]):
        return word[:2], word[2:]
    return (word[:1], word[1:]) if lexicon.knows(word[1:]) else ()


def _with(group: Group | None, whole: tuple[Alternative, ...]) -> Group | None:
    return replace(group, alternatives=(*group.alternatives, *whole)) if group and whole else group


def _parts(groups: tuple[Group, ...], lexicon: Lexicon) -> Iterator[Group]:
    """The groups with long words cut into their sub-words, each a group of its own. What stands for the whole word
    stands for each of its parts."""
    seen = set()
    for group in groups:
        whole = tuple(each for each in group.alternatives if each.weight == SYNONYM)
        for word in lexicon.sub_words(group.word) or _two_and_one(group.word, lexicon) or (group.word,):
            part = group if word == group.word else _with(group_of(word, lexicon), whole)
            if part and word not in seen and word not in lexicon.stop_words:
                seen.add(word)
                yield part
