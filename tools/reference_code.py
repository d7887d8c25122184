"""Reference pages about the code: commands, settings, functions of the database, addresses, safeguards."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from types import UnionType
from typing import Any, get_args

import click

from tools.markdown import code, codes, first_paragraph, table

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "waardig"

SETTINGS = {
    "DATABASE_URL": (
        "unset: the embedded PostgreSQL",
        "Address of the database as the application role: `postgresql://role:password@host:port/name`. Web, worker and "
        "commands use this one.",
    ),
    "DATABASE_OWNER_URL": (
        "unset",
        "Address as the owner of the tables. Only for `migrate` and `weighing`; never give it to web or worker.",
    ),
    "WAARDIG_BASE_URL": (
        "`http://127.0.0.1:8000`",
        "The address residents use. With `https://` cookies are secure; it stands in the QR code on letters.",
    ),
    "WAARDIG_COLLECTOR_TOKEN": (
        "no token is sent",
        "Bearer token for the collector that the log goes on to (`waardig access collector set`).",
    ),
    "WAARDIG_CONTENT": (
        "unset: the library only",
        "The municipality's own content folders, separated as in PATH; a later folder wins.",
    ),
    "WAARDIG_DATA": (
        "unset: a folder of this user for this checkout",
        "Folder of the embedded PostgreSQL and of what this installation remembers.",
    ),
    "WAARDIG_DEMONSTRATION": ("unset", "`yes` marks every page as a trial; `waardig demo` sets it."),
    "WAARDIG_EMBEDDED": ("unset", "Set by a command that started the embedded database itself; not for hand use."),
    "WAARDIG_HOSTS": ("`127.0.0.1,localhost,testserver`", "Host names that the server answers to, with commas."),
    "WAARDIG_INSTALLATION": (
        "unset: one municipality",
        "File that names the municipalities of this installation; the same as `waardig --installation FILE`.",
    ),
    "WAARDIG_LISTEN": (
        "unset: 127.0.0.1:8000",
        "Where `serve` listens: `address:port` or the path of a socket; `--host` and `--port` go before it.",
    ),
    "WAARDIG_LOG_KEY": (
        "unset: the worker signs nothing",
        "File with the private key of the log (`waardig logbook key`); the worker then signs every ten minutes.",
    ),
    "WAARDIG_LOG_ORIGIN": ("unset", "Name of the log in its checkpoints, for example `rietwaarden.nl/logboek`."),
    "WAARDIG_LOG_ARCHIVE": (
        "`log-archive` in the data folder",
        "Folder of the files with old months of the log, the same for web and worker, of this municipality only. Put "
        "it on encrypted storage, as the database: the lines in it stand under pseudonyms.",
    ),
    "WAARDIG_LOG_ARCHIVE_AFTER": ("`24`", "So many months the log stays in the tables, at least 3; older go to files."),
    "WAARDIG_LOG_WITNESS": (
        "unset",
        "Folder outside the database in which every signed checkpoint is kept too. The log is compared with it, so "
        "that putting back an old backup is noticed. Executed destruction lists are kept there too, and executed again "
        "after a restore. Keep it on another machine or on storage that only grows.",
    ),
    "WAARDIG_LOG_WITNESSES": (
        "unset: nobody cosigns",
        "File with the witnesses that are asked to cosign each checkpoint, and how many are enough (C2SP tlog-policy).",
    ),
    "WAARDIG_WITNESS_KEY": (
        "unset",
        "File with the private key of this installation as a witness: never a key of a log.",
    ),
    "WAARDIG_WITNESS_LOGS": ("unset", "File with the logs that this installation is a witness for (C2SP tlog-policy)."),
    "WAARDIG_WITNESS_NAME": (
        "unset: no witness for others",
        "Name of this installation as a witness, for example `library.example/witness`.",
    ),
    "WAARDIG_LOG_LEVEL": ("`WARNING`", "Level of the technical log on standard error."),
    "WAARDIG_METRICS_TOKEN": (
        "unset: there are no metrics",
        "Token of 16 characters or more that opens `/gezond/metrics/` (`Authorization: Bearer ...`).",
    ),
    "WAARDIG_MUNICIPALITY": (
        "unset",
        "For which municipality of the installation a command is; the same as `waardig --municipality ID`.",
    ),
    "WAARDIG_POSTGRES_MAJOR": ("`18`", "Major version of the embedded PostgreSQL programs: 18 or 16."),
    "WAARDIG_PROXY": (
        "unset: nobody is believed",
        "Address of the web server in front, whose X-Forwarded-For and X-Forwarded-Proto are believed; `localhost` for "
        "a socket.",
    ),
    "WAARDIG_SECRET_KEY": (
        "embedded: made once and kept; own server: random per process",
        "Encrypts sessions and draws the sample that is decided by hand. Set it, the same for web and worker, with "
        "your own server.",
    ),
    "WAARDIG_SIGN_IN": (
        "unset: nobody can sign in outside the demonstration",
        "YAML file with the means of signing in. Each means names the variable that holds its own secret.",
    ),
    "WAARDIG_SOURCES": (
        "unset: registers come in by file only",
        "YAML file of the registers that are asked at their source. Each names the variable that holds its own secret.",
    ),
    "JAVA_HOME": ("unset: `java` on the path", "Where Java stands, for `waardig law batch --engine spark`."),
    "XDG_DATA_HOME": ("`~/.local/share`", "Where an ordinary user's embedded database is kept."),
}
TEST_SETTINGS = {
    "WAARDIG_SHARED": ("`../shared`", "Reference data for tests; without it those tests are skipped with a reason."),
    "CI": ("unset", "Set by continuous integration: more examples in property tests."),
    "WAARDIG_KILLS": ("10; payments 4", "How many random moments each test that kills tries: 50 at a release."),
    "WAARDIG_WRITE_GOLDEN": ("unset", "Writes golden texts anew, so that the difference can be reviewed."),
    "WAARDIG_WALKS": ("two manners", "`every-manner`: each walk in a browser at both widths, with and without script."),
    "WAARDIG_KILL_SECONDS": ("`20`", "How long the test that kills workers and PostgreSQL goes on."),
}

JOBS = {
    "cases.assess": "After a yes: the law runs again on that day; the case becomes prepared or by hand.",
    "proposals.grant": "Part of a confirmed list: each household is read again and decided on, or goes to a person.",
    "proposals.freshen_round": "The source is asked about who waits in a round, as what is known of them is too old.",
    "proposals.freshen_listed": "The same for the household of an announced grant that waits for the next list.",
    "identity.forget": "Every day: ended sessions and old failed sign-ins are removed.",
    "values.measure": "Every day and after each round: the safeguards are measured; one that fails stops its service.",
    "cases.forward": "A report that a value is wrong comes on the work list of who holds the value.",
    "archive.appraise": "Every day: gives each case that ended its result, term and first day of destruction.",
    "archive.forget_people": "Every day: who is known in the registers and about whom nothing is left goes.",
    "inbox.forget": "Every day: messages without a case, and their proof of delivery, go the day after their term.",
    "archive.forget_lines": "Every day: removes lines of the log past their term, except of kept cases.",
    "cases.freshen": "Asks the sources again for what one undecided case rests on; a silent one is asked later.",
    "cases.freshen_running": "Every day: asks for that, for each undecided case with facts that are too old.",
    "archive.forget_facts": "Every day: removes facts of registers past their term, except what something kept needs.",
    "archive.destroy": "Destroys what one line of an approved destruction list names, in one transaction a case.",
    "payments.cancel": "Stops the payment order of a decision that the resident gave up, if no released list holds it.",
    "payments.order": "Makes the one payment order of a granted decision; of a revised decision only the difference.",
    "payments.costs": "Makes the one payment order of the costs of an objection that a decision pays back (Awb 7:15).",
    "inbox.letter": "Prints a letter as PDF/UA; name and address are asked at that moment; what cannot go is held.",
    "mandates.changed": "A mandate was asked, began, ends soon or ended: the people concerned get a message.",
    "inbox.helper": "A message came for somebody who is helped: the helper hears that there is one.",
    "contact.calendar": "Every day: mandates end, people are reminded; mandates of who died end.",
    "access.replay": "Every day: a sample of the decisions for others is decided again; a difference stays visible.",
    "access.forward_log": "Lines of the log go on to the collector that the owner set, until it took them.",
    "access.forget": "Every day: tickets that expired, and opt-outs and decisions for others past their term, go.",
    "contact.forget": "Every day: requests to a human past their term go, with words, answer and message; counts stay.",
    "feedback.forget": "Every day: what was written about a text goes after a year, used form numbers after a day.",
    "logbook.archive": "Every day: a month of the log that is old enough goes to a file, then the next one.",
    "logbook.cosign": "After each checkpoint: asks a witness to cosign it, unless a newer one came since.",
    "inbox.publish": "Makes a digital message visible in the box.",
}


def commands() -> str:
    """Every command with its arguments and options."""
    from waardig.shell.cli import waardig

    intro = (
        "# Commands\n\n`waardig COMMAND --help` shows the same. Exit status: 0 done, 1 refused or something is wrong, "
        "2 called wrongly. A refusal says what happened and what to do.\n\n"
    )
    return intro + "\n".join(_command(name, found) for name, found in walk(waardig, "waardig"))


def walk(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A command and everything under it."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name, resilient_parsing=True)
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None:
                yield from walk(found, f"{name} {child}")


def _command(name: str, command: click.Command) -> str:
    parts = [f"## {name}", "", first_paragraph(command.help), ""]
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name, resilient_parsing=True)
        parts += ["Has: " + codes(command.list_commands(context)) + ".", ""]
        return "\n".join([*parts, *_options(command)])
    arguments = [p for p in command.params if isinstance(p, click.Argument)]
    usage = " ".join([name, *(p.make_metavar(click.Context(command)) for p in arguments), "[OPTIONS]"])
    return "\n".join([*parts, f"    {usage}", "", *(_options(command) or [""])])


def _options(command: click.Command) -> list[str]:
    options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden and not p.is_eager]
    rows = [(codes(o.opts), _kind(o), _default(o), o.help or "") for o in options]
    return [table(("option", "value", "default", "meaning"), rows)] if rows else []


def _kind(option: click.Option) -> str:
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        return codes(option.type.choices)
    return (
        str(option.type.name) + (", required" if option.required else "") + (", repeatable" if option.multiple else "")
    )


def _default(option: click.Option) -> str:
    shown = option.default if option.show_default else None
    return code(shown) if isinstance(shown, str | int | float) and not isinstance(shown, bool) else ""


def settings() -> str:
    """Every environment variable that the code reads."""
    _complete(read_variables(PACKAGE), SETTINGS, "src/waardig")
    _complete(read_variables(ROOT / "tests") - set(SETTINGS), TEST_SETTINGS, "tests")
    head = ("variable", "without it", "meaning")
    return (
        "# Settings\n\nEvery setting is an environment variable with a safe default. There is no debug switch.\n\n"
        + table(head, [(code(name), *SETTINGS[name]) for name in sorted(SETTINGS)])
        + "\n## For tests\n\n"
        + table(head, [(code(name), *TEST_SETTINGS[name]) for name in sorted(TEST_SETTINGS)])
    )


def _complete(read: set[str], described: dict[str, Any], place: str) -> None:
    if read != set(described):
        raise SystemExit(
            f"{place}: read but not described in tools/reference_code.py: {sorted(read - set(described))}; "
            f"described but not read: {sorted(set(described) - read)}"
        )


def read_variables(folder: Path) -> set[str]:
    """Names of the environment variables that Python files below a folder read."""
    found: set[str] = set()
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = _read(node)
            if name:
                found.add(name)
    return found


def _read(node: ast.AST) -> str:
    """The variable in `os.environ.get("X")`, `os.environ["X"]` or `"X" in os.environ`; empty for anything else."""
    asked: ast.AST | None = None
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("os.environ.get", "os.getenv") and node.args:
        asked = node.args[0]
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and ast.unparse(node.value) == "os.environ":
        asked = node.slice
    return asked.value if isinstance(asked, ast.Constant) and isinstance(asked.value, str) else ""


def database_functions() -> str:
    """The allow-list: everything the application role may execute."""
    allowed = (PACKAGE / "access" / "sql" / "allow_list.txt").read_text(encoding="utf-8").split()
    known = dict(_described())
    rows = [(code(name), *known[name.partition("(")[0]]) for name in sorted(allowed)]
    return (
        "# Functions of the database\n\nThe application role has no right on the tables of the schemas `reg`, `log`, "
        "`gate` and `vault`, and may only read `pol`. It reaches personal data through these SECURITY DEFINER "
        "functions and no others; a test compares this list with the database.\n\n"
        + table(("function", "room", "what it does"), rows)
    )


def _described() -> Iterator[tuple[str, tuple[str, str]]]:
    """Each gate function with its room and the comment above it (or that of its file)."""
    for path in sorted(PACKAGE.glob("*/sql/*.sql")):
        lines = path.read_text(encoding="utf-8").splitlines()
        opening = _comment_before(lines, next(n for n, line in enumerate(lines) if not line.startswith("--")))
        for number, line in enumerate(lines):
            found = re.match(r"CREATE (?:OR REPLACE )?FUNCTION (gate\.\w+)\s*\(", line)
            if found:
                yield found[1], (path.parent.parent.name, _comment_before(lines, number) or opening)


def _comment_before(lines: list[str], number: int) -> str:
    words: list[str] = []
    while number and lines[number - 1].startswith("--"):
        number -= 1
        words.insert(0, lines[number].lstrip("- ").strip())
    return " ".join(words)


def url_map() -> str:
    """Every address with its audience."""
    rows = [(code("/" + address), code(name), *_audience(view)) for address, name, view in sorted(addresses())]
    return (
        "# Addresses\n\nEvery address says for whom it is; a view that says nothing is refused by the middleware. "
        "Level is the level of assurance a sign-in must have (Regulation (EU) 910/2014).\n\n"
        + table(("address", "name", "for whom", "level", "role"), rows)
    )


def addresses() -> list[tuple[str, str, Any]]:
    """Path, name and view of every address."""
    from django.urls import URLPattern, URLResolver, get_resolver

    def below(patterns: list[Any], prefix: str, space: str) -> Iterator[tuple[str, str, Any]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from below(pattern.url_patterns, prefix + str(pattern.pattern), inner)
            elif isinstance(pattern, URLPattern):
                yield prefix + str(pattern.pattern), space + (pattern.name or ""), pattern.callback

    return sorted(below(get_resolver().url_patterns, "", ""), key=lambda one: one[:2])


def _audience(view: Any) -> tuple[str, str, str]:
    from waardig.identity.adapters.middleware import audience_of

    found = audience_of(view)
    if found is None:
        raise SystemExit(f"{view.__module__}.{view.__name__} declares no audience; add @audience(...)")
    kinds = ", ".join(sorted(kind.value for kind in found.kinds)) or "everybody"
    return kinds, found.level.name.lower() if found.level else "", ", ".join(sorted(found.roles))


def jobs() -> str:
    """Every topic of the outbox."""
    from waardig.shell.wiring import handlers

    found = handlers()
    _complete(set(found), JOBS, "topics of the outbox")
    rows = [
        (code(topic), "in one transaction with marking it done" if handler.inside else "after a lease", JOBS[topic])
        for topic, handler in sorted(found.items())
    ]
    return (
        "# Jobs\n\nWhat happens after a commit, by topic of the outbox. A job that fails eight times stays visible.\n\n"
        + table(("topic", "runs", "what it does"), rows)
    )


def refusals() -> str:
    """Every reason for which the gate refuses, in words."""
    from waardig.access.core import FOR_CALLERS, TEXTS

    def words(texts: Mapping[str, tuple[str, str]]) -> str:
        rows = [(code(name), english, dutch) for name, (dutch, english) in sorted(texts.items())]
        return table(("reason", "English", "Nederlands"), rows)

    return (
        "# Refusals of the gate\n\nWhy `access.actions.ask` says no. Each refusal is in the log before it is told, and "
        "nothing was read. Words in braces are filled in.\n\n"
        + words(TEXTS)
        + "\n## Of decisions for others only\n\n"
        + words(FOR_CALLERS)
    )


def safeguards() -> str:
    """The safeguards a weighing can promise."""
    from waardig.values.terms import Safeguard

    parts = [
        "# Safeguards\n\nA safeguard (waarborg) is a condition of a weighing that the computer guards. Its sentence "
        "for residents, the place where it is enforced and its measurement all follow from its parameters.\n"
    ]
    kinds = get_args(Safeguard) if not isinstance(Safeguard, UnionType) else Safeguard.__args__
    for kind in sorted(kinds, key=lambda one: str(one.kind)):
        names = [field.name for field in fields(kind) if field.name != "id"]
        parts.append(
            f"## {kind.kind} {kind.title.nl} ({kind.title.en})\n\n{first_paragraph(kind.__doc__)}\n\n"
            f"- Parameters: {codes(names) or 'none'}\n- Enforced at: {code(kind.enforced_at.value)}\n"
            f"- Measured: {first_paragraph(kind.check.__doc__)}\n"
        )
    return "\n".join(parts)
