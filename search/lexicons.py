"""The lexicon in force: the editors' lines, read again when their revision has changed; and the public vocabulary."""

from collections.abc import Iterable

from search.models import ASSOCIATION_SPACE, Entry, LexiconLine, LexiconRevision, LineKind
from search.planning.lexicon import Lexicon, make_lexicon
from search.planning.normal import CJK_RUN, normalised
from search.planning.slips import Vocabulary
from search.registry import PUBLIC

#: The newest public titles whose words somebody may have meant.
_TITLES_READ = 5_000
#: Words of the lexicon are meant more often than chance words of titles.
_OWN_WORD = 3

_kept: tuple[int, Lexicon] | None = None
_kept_vocabulary: tuple[tuple[int, int], Vocabulary] | None = None


def lexicon_of(lines: Iterable[tuple[str, str]]) -> Lexicon:
    """A lexicon of (kind, text) lines."""
    found: dict[str, list[str]] = {kind: [] for kind in LineKind.values}
    for kind, text in lines:
        found[kind].append(text)
    groups = [[word.strip() for word in text.split(",")] for text in found[LineKind.SYNONYMS]]
    return make_lexicon(found[LineKind.WORD], groups, found[LineKind.STOP])


def current_lexicon() -> Lexicon:
    """The lexicon of this moment: one small query, the lines only after a change."""
    global _kept
    revision = revision_now()
    if _kept is None or _kept[0] != revision:
        _kept = (revision, lexicon_of(LexiconLine.objects.values_list("kind", "text")))
    return _kept[1]


def revision_now() -> int:
    """The lexicon's revision."""
    return LexiconRevision.objects.values_list("revision", flat=True).first() or 0


def current_vocabulary(lexicon: Lexicon) -> Vocabulary:
    """Words somebody may have meant: the lexicon's and those of public titles. Never a word of a school's records."""
    global _kept_vocabulary
    titles = Entry.objects.filter(space=ASSOCIATION_SPACE, audience__contains=[PUBLIC], piece=0)
    newest = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    mark = (id(lexicon), newest)
    if _kept_vocabulary is None or _kept_vocabulary[0] != mark:
        recent = titles.order_by("-id").values_list("title", flat=True)[:_TITLES_READ]
        _kept_vocabulary = (mark, vocabulary_of(recent, lexicon))
    return _kept_vocabulary[1]


def vocabulary_of(titles: Iterable[str], lexicon: Lexicon) -> Vocabulary:
    """The words of some titles and of the lexicon, counted."""
    counts = dict.fromkeys(lexicon.own, _OWN_WORD)
    for title in titles:
        for word in lexicon.cut(normalised(title)):
            if len(word) > 1 and CJK_RUN.fullmatch(word):
                counts[word] = counts.get(word, 0) + 1
    return Vocabulary(tuple(sorted(counts.items())))
