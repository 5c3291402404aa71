"""Translations without gettext's programs: gather the English words of the project, compile what was translated.

`python -m commonweal.foundations.design.catalogues extract` brings every locale/*/LC_MESSAGES/django.po up to date;
`compile` writes the .mo files that are read at run time and are not kept in the repository.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[3]
SOURCES = ("commonweal", "services")
METHODS = [("**/tests/**", "ignore"), ("**.py", "python"), ("**/templates/**.html", "jinja2")]
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false"}}
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "translatable": None,
}


# Only what a reader of the file needs: the tool's dates and names would change with every run.
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def compile_all(root: Path) -> list[Path]:
    """Compile every catalogue that changed since; gives the files written. Uncertain ("fuzzy") ones stay English."""
    return [_compile(source) for source in find_catalogues(root) if _is_stale(source)]


def extract(root: Path) -> list[Path]:
    """Bring every catalogue up to date with the words in the sources; gives the files that changed."""
    template = gather(root)
    return [source for source in find_catalogues(root) if _update(source, template)]


def gather(root: Path) -> Catalog:
    """Every translatable message of the sources with the files it is in. ValueError when a template does not parse."""
    template = Catalog(project="Commonweal", charset="utf-8")
    for folder in SOURCES:
        if not (root / folder).is_dir():
            continue
        found = extract_from_dir(root / folder, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",))
        for name, _line, message, comments, context in found:
            template.add(message, None, [(f"{folder}/{name}", 0)], auto_comments=comments, context=context)
    return template


def find_catalogues(root: Path) -> list[Path]:
    """The catalogue of each language that has one."""
    return sorted((root / "locale").glob("*/LC_MESSAGES/*.po"))


def read_catalogue(source: Path) -> Catalog:
    """A catalogue with its language taken from the folder it is in."""
    with source.open("rb") as file:
        return read_po(file, locale=source.parents[1].name)


def write_catalogue(catalogue: Catalog) -> bytes:
    """The catalogue as a .po file: in order of the sources, and the same bytes for the same words."""
    body = BytesIO()
    write_po(
        body, catalogue, width=110, omit_header=True, sort_by_file=True, include_lineno=False, ignore_obsolete=True
    )
    header = HEADER.format(language=catalogue.locale_identifier, plural_forms=catalogue.plural_forms)
    return header.encode() + body.getvalue()


def _compile(source: Path) -> Path:
    target, begun = source.with_suffix(".mo"), source.with_suffix(".mo.begun")
    with begun.open("wb") as file:
        write_mo(file, read_catalogue(source))
    # Whole or not at all: half a catalogue stops every later start.
    return begun.replace(target)


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime <= source.stat().st_mtime


def _update(source: Path, template: Catalog) -> bool:
    catalogue = read_catalogue(source)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    written = write_catalogue(catalogue)
    if written == source.read_bytes():
        return False
    source.write_bytes(written)
    return True


if __name__ == "__main__":
    work = {"compile": compile_all, "extract": extract}[sys.argv[1]]
    for changed in work(ROOT):
        sys.stdout.write(f"{changed.relative_to(ROOT)}\n")
