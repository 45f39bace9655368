"""`zhanynda texts`: out to a reviewer, back without git, each word where it belongs or nothing at all."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import content
from bot.__main__ import main
from bot.i18n import LANGUAGES, label
from bot.settings import COUNTRIES
from bot.texts import places, reviewing, rules, table
from bot.texts.table import Fault, Found
from tests.house.source import ROOT

Rows = list[dict[str, str]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A place of its own with all that is written."""
    for name in ("locales", "content"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def _files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def _out(root: Path) -> Rows:
    texts = places.read(root)
    given = table.given_out(texts, {key: reviewing.area(key) for key in texts})
    return list(csv.DictReader(io.StringIO(given.decode("utf-8-sig"), newline="")))


def _in(rows: Rows, root: Path, delimiter: str = ",") -> Found:
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return table.taken_in(written.getvalue().encode(), places.read(root))


def _row(rows: Rows, key: str) -> dict[str, str]:
    return next(row for row in rows if row["key"] == key)


def test_all_that_is_written_is_in_the_table(root: Path) -> None:
    texts = places.read(root)
    assert texts["danger.call"]["ky"] == str(label("ky", "danger.call"))
    assert sorted(texts["words.kept[2]"]) == ["ru"]
    for category in content.taxonomy(COUNTRIES).categories:
        assert texts[f"title:{category.code}"] == category.title
        for each in category.subcategories:
            assert texts[f"title:{each.code}"] == each.title
    for path in (ROOT / "content" / "articles").glob("*.md"):
        topic, language, _ = path.name.split(".")
        pages = [key for key, of in texts.items() if key.startswith(f"article:{topic}:") and language in of]
        assert len(pages) == 2 + path.read_text(encoding="utf-8").split("---\n", 2)[2].count("\n---\n")
    rows = _out(root)
    assert [row["key"] for row in rows] == list(texts)
    assert {row["seen"] for row in rows} == set(reviewing.AREAS)


def test_writing_every_text_where_it_stands_changes_no_byte(root: Path) -> None:
    before = _files(root)
    places.rewrite({(key, each): words for key, of in places.read(root).items() for each, words in of.items()}, root)
    assert _files(root) == before


def test_an_untouched_table_changes_nothing(root: Path) -> None:
    found = _in(_out(root), root, ";")
    assert (found.changes, found.faults, found.notes) == ({}, [], [])


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("greeting", "Сәлем! Тілді таңдаңыз."),
        ("danger.call", "Бірінші жол.\n\nЕкінші «жол» \\ жоқ."),
        ("words.kept[1]", "Сақталды:\n{n} хабарлама."),
        ("title:IPV.PHYS", "Соққы: жарақат"),
        ("article:held:title", "Сізді ұстап қалса"),
        ("reply:safe:title", "Қауіп: бар ма?"),
        ("reply:safe", "Бір сұрақ бар.\n\nҚазір «қауіпсіз» бе?"),
    ],
)
def test_a_changed_text_lands_in_its_place_and_touches_no_other(key: str, words: str, root: Path) -> None:
    before, texts = _files(root), places.read(root)
    rows = _out(root)
    _row(rows, key)["kk"] = words.replace("\n", "\r\n")
    _row(rows, key)["note"] = "one word less"
    found = _in(rows, root)
    assert (found.changes, found.faults) == ({(key, "kk"): words}, [])
    assert found.notes == [(key, "one word less")]
    places.rewrite(found.changes, root)
    texts[key]["kk"] = words
    assert places.read(root) == texts
    after = _files(root)
    assert len([name for name in before if after[name] != before[name]]) == 1
    assert after.keys() == before.keys()
    assert table.taken_in(table.given_out(texts, dict.fromkeys(texts, "")), texts).changes == {}


def test_a_page_of_an_article_is_changed_around_its_numbers_and_marks(root: Path) -> None:
    rows = _out(root)
    row = _row(rows, "article:held:2")
    row["ru"] = row["ru"].replace("часов", "ч.")
    found = _in(rows, root)
    assert found.faults == []
    places.rewrite(found.changes, root)
    assert places.read(root)["article:held:2"]["ru"] == row["ru"]


def _set(key: str, language: str, words: str) -> Callable[[Rows], None]:
    return lambda rows: _row(rows, key).update({language: words})


def _replaced(key: str, language: str, old: str, new: str) -> Callable[[Rows], None]:
    return lambda rows: _row(rows, key).update({language: _row(rows, key)[language].replace(old, new)})


@pytest.mark.parametrize(
    ("spoil", "key", "rule"),
    [
        (_set("greeting", "kk", "\n "), "greeting", "empty"),
        (_replaced("notice", "ky", "{kept}", "{kep}"), "notice", "parameters"),
        (_replaced("notice", "ky", "{kept}", "{kept"), "notice", "parameters"),
        (_replaced("notice", "ky", "{kept}", "{kept!r}"), "notice", "parameters"),
        (_replaced("notice", "ky", "</b>", "<b>"), "notice", "tags"),
        (_replaced("notice", "ky", "<b>", "<b onclick=1>"), "notice", "tags"),
        (_replaced("notice", "ky", "<b>", "<h1><b>"), "notice", "tags"),
        (_replaced("notice", "ky", "</b>", "</b> < 3"), "notice", "tags"),
        (_set("button.hide", "kk", "ж" * 41), "button.hide", "long"),
        (_set("option.evidence.yes", "kk", "ж" * 47), "option.evidence.yes", "long"),
        (_set("title:IPV.PHYS", "kk", "ж" * 47), "title:IPV.PHYS", "long"),
        (_set("title:IPV.PHYS", "kk", "жоқ\nжоқ"), "title:IPV.PHYS", "line"),
        (_set("button.hide", "kk", "жасыру\nжоқ"), "button.hide", "line"),
        (_set("greeting", "kk", 'Ол "келді"'), "greeting", "typography"),
        (_set("greeting", "kk", "Сәлем...  Иә"), "greeting", "typography"),
        (_set("greeting", "ky", "Кұрметтүү"), "greeting", "letters"),
        (_set("greeting", "ru", "Приveт"), "greeting", "letters"),
        (_set("greeting", "kk", "Полиция келді.\nСәлем"), "greeting", "telling"),
        (_replaced("article:held:2", "ru", "48", "24"), "article:held:2", "numbers"),
        (_replaced("article:held:2", "ru", "[KG]", "[KZ]"), "article:held:2", "paragraphs"),
        (_replaced("article:held:2", "ru", "\n\n", "\n---\n"), "article:held:2", "paragraphs"),
        (_replaced("article:held:1", "ru", "**", ""), "article:held:1", ""),
        (_replaced("article:held:1", "kk", "дауыстап айтыңыз:**", "дауыстап айтыңыз:"), "article:held:1", "bold"),
        (_replaced("article:held:1", "kk", "Терең", "Полиция! Терең"), "article:held:1", "telling"),
        (_replaced("article:held:1", "kk", "Терең", "Терең терең терең терең терең"), "article:held:1", "telling"),
        (_replaced("article:held:1", "kk", "сосын", "сосын " * 200 + "сосын"), "article:held:1", "long"),
        (_set("article:held:title", "kk", "ж" * 31), "article:held:title", "long"),
        (_set("words.kept[2]", "kk", "жоқ"), "words.kept[2]", "form"),
        (_set("reply:safe:title", "kk", "ж" * 33), "reply:safe:title", "long"),
        (_set("reply:safe", "kk", "Полиция келе ме?\nжоқ"), "reply:safe", "telling"),
        (_set("reply:safe", "kk", "ж" * 701), "reply:safe", "long"),
    ],
)
def test_what_may_not_stand_is_named_by_row_and_column(
    spoil: Callable[[Rows], None], key: str, rule: str, root: Path
) -> None:
    rows = _out(root)
    before = [dict(row) for row in rows]
    spoil(rows)
    number = [row["key"] for row in rows].index(key)
    [column] = [name for name in rows[number] if rows[number][name] != before[number][name]]
    faults = _in(rows, root).faults
    assert {(each.row, each.column) for each in faults} <= {(number + 2, column)}
    assert rule in {"", *(each.rule for each in faults)}
    assert bool(faults) is (rule != "")


def test_every_rule_is_tried_above() -> None:
    [marker] = test_what_may_not_stand_is_named_by_row_and_column.pytestmark  # type: ignore[attr-defined]
    assert {rule for _, _, rule in marker.args[1]} - {""} == {*rules.NAMES, "form"}


def test_a_row_that_is_no_text_or_stands_twice_is_named(root: Path) -> None:
    rows = _out(root)
    rows[3] = {**rows[3], "key": "greetings"}
    rows.append(dict(rows[0]))
    assert _in(rows, root).faults == [
        Fault(5, "key", "unknown", "greetings"),
        Fault(len(rows) + 1, "key", "twice", rows[0]["key"]),
    ]


@pytest.mark.parametrize(
    ("read", "fault"),
    [
        ("key,kk\ngreeting,Сәлем".encode("cp1251", errors="replace"), Fault(0, "", "encoding")),
        (b"", Fault(1, "", "columns")),
        (b"key,note\ngreeting,x", Fault(1, "", "columns", "key, note")),
        (b"key,kk,kk\ngreeting,x,y", Fault(1, "", "columns", "key, kk, kk")),
        (b"key,kk\ngreeting,x,y", Fault(2, "", "row")),
        (b'key,kk\ngreeting,"x', Fault(2, "", "row")),
    ],
)
def test_a_file_that_is_no_table_is_refused(read: bytes, fault: Fault) -> None:
    assert table.taken_in(read, places.read()).faults == [fault]


def test_what_changed_meanwhile_is_neither_overwritten_nor_brought_back(root: Path) -> None:
    rows = _out(root)
    places.rewrite({("greeting", "kk"): "Сәлем! Тіл қайсы?", ("greeting.kept", "kk"): "Сақталып тұр."}, root)
    _row(rows, "greeting")["kk"] = "Тілді таңдаңызшы."
    number = [row["key"] for row in rows].index("greeting") + 2
    found = _in(rows, root)
    assert found.faults == [Fault(number, "kk", "meanwhile")]
    assert ("greeting.kept", "kk") not in found.changes


def test_part_of_a_table_leaves_the_rest_alone(root: Path) -> None:
    found = _in([{"key": "greeting", "kk": "Сәлем! Тілді таңдаңыз."}], root)
    assert (found.changes, found.faults) == ({("greeting", "kk"): "Сәлем! Тілді таңдаңыз."}, [])
    rest = len(places.read(root)) - 1
    report = list(reviewing.report("kk", found, rest + 1))
    assert label("kk", "cli.texts.absent", number=rest) in report


def test_other_words_of_a_consent_are_called_a_new_version(root: Path) -> None:
    found = _in([{"key": "question.share", "ru": "Можно?"}, {"key": "greeting", "ru": "Здравствуйте."}], root)
    report = list(reviewing.report("ru", found, 2))
    assert report[1:] == [label("ru", "cli.texts.version", key="question.share")]


# The command line, in an empty folder, without any setting.


@pytest.mark.parametrize("language", LANGUAGES)
def test_out_and_in_again_on_the_command_line(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = _files(ROOT / "locales")
    env = {"DEFAULT_LANGUAGE": language, "BOT_TOKEN": "", "DATABASE_URL": "nonsense"}

    def run(*args: str) -> tuple[int, list[str]]:
        result = CliRunner().invoke(main, ["texts", *args], env=env)
        return result.exit_code, result.output.splitlines()

    texts = places.read()
    number = {"number": len(texts), "path": "a.csv"}
    assert run("export", "a.csv", "--language", "kk") == (0, [label(language, "cli.texts.exported", **number)])
    assert run("export", "a.csv")[0] == 2
    assert run("import", "a.csv") == (0, [label(language, "cli.texts.same")])
    written = Path("a.csv").read_text(encoding="utf-8-sig")
    assert written.splitlines()[0] == "key,seen,ru,kk,note,mark"
    Path("b.csv").write_text(written.replace(texts["greeting"]["kk"], "Жоқ {name}"), encoding="utf-8-sig")
    why = f"{label(language, 'cli.texts.wrong.parameters')}: {{name}}"
    row = list(texts).index("greeting") + 2
    assert run("import", "b.csv") == (2, [
        f"zhanynda: {label(language, 'cli.texts.refused')}",
        label(language, "cli.texts.fault", place=f"{row} kk", why=why),
    ])  # fmt: skip
    assert _files(ROOT / "locales") == before
