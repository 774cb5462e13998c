"""From documents to entries of the index: pieces, vectors, beginnings, and a digest that tells whether anything changed."""

import hashlib
import json
from collections.abc import Iterator

from search.engines.vectors import leads_of, marks_of, vector_of
from search.models import Entry
from search.planning.lexicon import Lexicon
from search.planning.pinyin import leads
from search.planning.tokens import TITLE_GAP, index_tokens, pieces
from search.registry import Document

#: Raised when the same document would be indexed differently: then every digest differs and `index_diff` says so.
FORM = 1
_LONGEST_TITLE, _LONGEST_ADDRESS = 300, 400


def digest_of(document: Document) -> str:
    """A hash over all that the index knows of a document."""
    facts = json.dumps([FORM, *document.__dict__.values()], ensure_ascii=False, default=str)
    return hashlib.sha256(facts.encode()).hexdigest()


def entries_of(document: Document, source: str, lexicon: Lexicon) -> Iterator[Entry]:
    """The entries of a document, one for each piece of its text. NUL, which PostgreSQL does not take, is left out."""
    title = document.title.replace("\0", "")[:_LONGEST_TITLE]
    title_tokens = index_tokens(title)
    audience = sorted(set(document.audience))
    marks = marks_of(document.key, document.space, audience, document.day)
    digest, beginnings = digest_of(document), leads_of(leads(title, lexicon), marks)
    for number, piece in enumerate(pieces(document.text.replace("\0", ""))):
        yield Entry(
            key=document.key, piece=number, source=source, kind=document.kind, title=title, text=piece,
            host=document.host, address=document.address[:_LONGEST_ADDRESS], language=document.language,
            day=document.day, committee=document.committee, column=document.column, school_id=document.school_id,
            space=document.space, audience=audience, expires_at=document.expires_at,
            parent=document.parent, digest=digest, leads=beginnings if number == 0 else "",
            vector=vector_of(title_tokens, index_tokens(piece), TITLE_GAP, marks),
        )  # fmt: skip
