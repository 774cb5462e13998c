"""The words of the interface: complete in Chinese, English in the sources, compiled without gettext's programs."""

import gettext

import pytest

from portal.management.commands.check_translations import all_faults
from portal.translations import judgement, mo, po, sources
from portal.translations.po import Entry
from tests.ground.databases import ROOT


@pytest.mark.requirement("house-6-languages")
def test_every_word_is_there_in_chinese():
    faults = list(all_faults(ROOT))
    assert not faults, "\n".join(faults)


def test_every_message_is_english():
    assert not list(judgement.not_english(sources.messages(ROOT)))


#: English words that are two or more in Chinese: as what they stand must be said (pgettext), or one place gets the word
#: of the other (a button “Open” once read 发布, because calls are opened so).
TWO_MEANINGS = {"Close", "Open", "active", "name", "task", "on", "off"}


def test_words_of_two_meanings_never_stand_alone():
    alone = {entry.msgid for entry in sources.messages(ROOT) if not entry.context}
    assert not alone & TWO_MEANINGS


def test_messages_are_found_in_python():
    text = (
        "a = _('One')\nb = gettext_lazy('Two')\nc = ngettext('%(n)s row', '%(n)s rows', n)\n"
        "d = pgettext('between names', ', ')\ne = translation.gettext('Five')\nf = _(name)\n"
        "g = npgettext('c', 'x', 'y', 2)\n"
    )
    assert {(entry.context, entry.msgid, entry.plural) for entry in sources.in_python(text)} == {
        (None, "One", None), (None, "Two", None), (None, "%(n)s row", "%(n)s rows"), ("between names", ", ", None),
        (None, "Five", None), ("c", "x", "y"),
    }  # fmt: skip


def test_messages_are_found_in_templates():
    text = (
        "<p title=\"{% translate 'It\\'s' %}\">"
        "{% translate \"Two\" context 'x' %} it's {{ _('Three')|upper }}\n"
        "{% blocktranslate trimmed count n=rows %}\n one {{ n }} row\n{% plural %}\n"
        "{{ n }} rows\n{% endblocktranslate %}"
        "{% blocktranslate with name=a.b %}Dear {{ name }}{% endblocktranslate %}</p>"
    )
    found = {(entry.context, entry.msgid, entry.plural) for entry in sources.in_template(text)}
    assert found >= {("x", "Two", None), (None, "Three", None), (None, "Dear %(name)s", None)}
    assert (None, "one %(n)s row", "%(n)s rows") in found


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (Entry("A", ()), "empty"),
        (Entry("A", ("",)), "empty"),
        (Entry("A", ("甲",), fuzzy=True), "fuzzy"),
        (Entry("%(a)s left", ("还剩",)), "placeholders"),
        (Entry("%(a)s left", ("还剩%(b)s",)), "placeholders"),
        (Entry("{a} left", ("还剩",)), "placeholders"),
        (Entry("one row", ("%(m)s行",), plural="%(n)s rows"), "placeholders"),
        (Entry("a\n", ("甲",)), "line breaks"),
    ],
)
def test_a_faulty_entry_is_found(entry, fault):
    assert any(line.startswith(fault) for line in judgement.faults([entry]))


@pytest.mark.parametrize(
    "entry",
    [
        Entry("%(a)s of %(b)s", ("%(b)s中的%(a)s",)),
        Entry("one row", ("%(n)s行",), plural="%(n)s rows"),
        Entry("100%% of {a}", ("{a}的100%%",)),
    ],
)
def test_a_sound_entry_passes(entry):
    assert not list(judgement.faults([entry]))


def test_chinese_in_the_sources_is_found():
    assert list(judgement.not_english([Entry("公报")]))
    assert not list(judgement.not_english([Entry("“Saved” – 12 m², 3 °C…")]))


ENTRIES = [
    Entry("b", ("乙",), notes=("a note",)),
    Entry('a "quoted"\nline', ("引\n号",)),
    Entry("%(n)s row", ("%(n)s行",), plural="%(n)s rows"),
    Entry("open", ("开",), context="of a door"),
    Entry("guess", ("猜",), fuzzy=True),
    Entry("nothing", ("",)),
]


def test_a_file_is_read_as_it_was_written(tmp_path):
    po.write(tmp_path / "x.po", ENTRIES)
    assert sorted(po.read(tmp_path / "x.po"), key=str) == sorted(ENTRIES, key=str)
    before = (tmp_path / "x.po").read_text()
    po.write(tmp_path / "x.po", po.read(tmp_path / "x.po"))
    assert (tmp_path / "x.po").read_text() == before


def test_it_is_read_as_others_read_it(tmp_path):
    import polib

    po.write(tmp_path / "x.po", ENTRIES)
    theirs = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(tmp_path / "x.po"))}
    for entry in ENTRIES:
        their = theirs[entry.key]
        assert (their.msgstr or their.msgstr_plural[0]) == entry.strings[0] if entry.strings[0] else not their.msgstr
        assert their.fuzzy == entry.fuzzy


def test_a_hand_written_part_may_leave_out_the_empty_lines(tmp_path):
    (tmp_path / "x.po").write_text(
        'msgid "a"\nmsgstr "甲"\nmsgid "b"\nmsgstr ""\n"乙"\n#, fuzzy\nmsgid "c"\nmsgstr "丙"\n'
    )
    assert [(e.msgid, e.strings, e.fuzzy) for e in po.read(tmp_path / "x.po")] == [
        ("a", ("甲",), False), ("b", ("乙",), False), ("c", ("丙",), True),
    ]  # fmt: skip


def test_the_compiled_file_is_what_python_reads(tmp_path):
    assert mo.write(tmp_path / "x.mo", ENTRIES) == 4
    with (tmp_path / "x.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("b") == "乙"
    assert catalogue.gettext('a "quoted"\nline') == "引\n号"
    assert catalogue.ngettext("%(n)s row", "%(n)s rows", 3) == "%(n)s行"
    assert catalogue.pgettext("of a door", "open") == "开"
    assert catalogue.gettext("guess") == "guess"
    assert catalogue.gettext("nothing") == "nothing"


def test_translations_are_kept_and_new_messages_come_empty():
    found = [Entry("a"), Entry("b"), Entry("new")]
    merged = po.merged(found, [Entry("a", ("甲",), notes=("n",))], [Entry("a", ("别",)), Entry("b", ("乙",))])
    assert [(e.msgid, e.strings) for e in merged] == [("a", ("甲",)), ("b", ("乙",)), ("new", ("",))]
