"""`waardig law new`: the files of a new law from a few answers; it never writes over what is there."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import click

from waardig.kernel.content import content_roots
from waardig.law import queries
from waardig.law.cli.options import book_of, with_laws
from waardig.law.core import ir
from waardig.law.core.draft import BWB_LAYERS, LAYERS, SCHEMA, Draft, files
from waardig.law.core.load import SourceFile, load
from waardig.law.terms import LawsInvalid

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.option("--layer", type=click.Choice(LAYERS, case_sensitive=False), prompt="Which layer", help="regulatory_layer")
@click.option("--name", prompt="Name of the law or regulation", help="Its official name; the $id follows from it.")
@click.option("--valid-from", type=DAY, prompt="In force from (YYYY-MM-DD)", help="First day of this version.")
@click.option("--url", prompt="Where the text stands (URL)", help="Link to the published text.")
@click.option("--bwb-id", default="", help="For national law, for example BWBR0015703; asked when needed.")
@click.option("--gemeente-code", default="", help="For a municipality, for example GM1731; asked when needed.")
@click.option("--implements", "term", default="", metavar="LAW#ARTICLE#TERM", help="The open term that it fills.")
@click.option("--schema", default=SCHEMA, metavar="URL", help="For editors; '' writes no line for them.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), default=Path("laws"), show_default=True)
@with_laws
def new(
    layer: str,
    name: str,
    valid_from: datetime.datetime,
    url: str,
    bwb_id: str,
    gemeente_code: str,
    term: str,
    schema: str,
    into: Path,
    laws: tuple[Path, ...],
) -> None:
    """Begin a law: a file, its status file and a first scenario, which `law check` and `law test` accept at once.

    What is not given is asked. The status is unverified until you say where text and amounts come from.
    """
    if any(mark.isspace() for mark in schema.strip()):
        raise click.UsageError("--schema is one address, without spaces or lines")
    layer = layer.upper()
    if layer in BWB_LAYERS and not bwb_id:
        bwb_id = click.prompt("BWB number (for example BWBR0015703)")
    if layer == "GEMEENTELIJKE_VERORDENING" and not gemeente_code:
        gemeente_code = click.prompt("Code of the municipality (for example GM1731)")
    filled = _term(term, laws) if term else None
    draft = Draft(
        layer, name.strip(), valid_from.date().isoformat(), url, bwb_id, gemeente_code, filled, schema.strip()
    )
    if not draft.id:
        raise click.UsageError(f"--name {name!r} has no letters to make an $id of")
    found = {into / place: text for place, text in files(draft).items()}
    _refuse_what_is_wrong(found)
    _write(found, laws)
    for path in found:
        click.echo(f"{path}")
    click.echo(f"Now fill in what says 'Vul in' or 'Vul hier', then: waardig law check {into} --watch")


def _term(term: str, laws: Sequence[Path]) -> tuple[str, str, ir.OpenTerm]:
    """The open term that LAW#ARTICLE#TERM names."""
    law, _, rest = term.partition("#")
    article, _, name = rest.partition("#")
    book = book_of(laws)
    open_terms = {
        (one.number, key): value
        for version in book.versions(law)
        for one in version.articles
        for key, value in one.open_terms.items()
    }
    if (article, name) not in open_terms:
        known = ", ".join(f"{law}#{number}#{key}" for number, key in open_terms) or "none: that law is not known"
        raise click.UsageError(f"--implements {term!r} is no open term. Open terms of '{law}': {known}.")
    return law, article, open_terms[(article, name)]


def _refuse_what_is_wrong(found: Mapping[Path, str]) -> None:
    """Refuses before anything is written: a file that is there, or answers that make no valid law file."""
    there = [path for path in found if path.exists()]
    if there:
        raise click.ClickException(f"{there[0]} is already there. Nothing was written; choose another name or date.")
    law = next(path for path in found if not path.name.endswith((".status.yaml", ".feature")))
    problems = load(SourceFile(str(law), found[law].encode()), validate=True).problems
    if problems:
        raise LawsInvalid(problems)


def _write(found: Mapping[Path, str], laws: Sequence[Path]) -> None:
    """Writes every file, or none."""
    written: list[Path] = []
    made: list[Path] = []
    try:
        for path, text in found.items():
            made += [folder for folder in path.parents if not folder.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                written.append(path)
                file.write(text)
        own = [path for path in found if path.suffix == ".yaml"]
        problems, _ = queries.law_problems(own, roots=content_roots(), beside=laws)
        if any(problem.error for problem in problems):
            raise LawsInvalid(problems)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        for folder in sorted(made, key=lambda one: -len(one.parts)):
            with suppress(OSError):  # it was not made, or somebody put something else in it
                folder.rmdir()
        raise
