"""Reference pages about the content of the library: activities, registers, services, laws, messages."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from tools.markdown import code, codes, table
from waardig.kernel.content import LIBRARY, content_roots

if TYPE_CHECKING:
    from waardig.law.core.ir import Law, OpenTerm


def activities() -> str:
    """Every processing activity with its purpose, basis and attributes."""
    from waardig.catalogue.queries import activities as declared

    parts = [
        "# Processing activities\n\nWho may use which facts about whom, what for (AVG article 30). Kind `service` "
        "needs a decided weighing and stops with it; `right`, `execution` and `identification` never stop.\n"
    ]
    for one in sorted(declared(), key=lambda found: (found.service, found.id)):
        rows = [(code(a.id), _window(a.window), a.necessity.nl, a.necessity.en) for a in one.attributes]
        who = codes(f"{actor.kind}:{actor.role}" if actor.role else actor.kind for actor in one.actors)
        parts.append(
            f"## {one.id}\n\n{one.name.nl} ({one.name.en}). {one.purpose.nl}\n\n"
            f"- Service: {code(one.service)}; kind: {code(one.kind)}; ground: {one.ground}\n"
            f"- Basis: {'; '.join(f'{basis.law} {basis.article}' for basis in one.legal_basis)}\n"
            f"- Who: {who}; about whom: {_population(one.population)}\n"
            f"- Served as {code(one.delivery.form)}, at most {one.delivery.persons_per_ask} persons in one ask\n"
            f"- Kept: {one.retention.period} from {one.retention.since.en} ({one.retention.selection_list}, result "
            f"{one.retention.result})\n\n"
            + (table(("attribute", "looks back", "waarom nodig", "why needed"), rows) if rows else "No attributes.\n")
        )
    return "\n".join(parts)


def _window(window: Any) -> str:
    if window is None:
        return ""
    return f"{window} months" if isinstance(window, int) else f"{window.law}#{window.output} months"


def _population(predicate: Any) -> str:
    kind = predicate["kind"]
    if kind == "any":
        return " or ".join(dict.fromkeys(_population(part) for part in predicate["of"]))
    if kind == "client":
        return f"clients ({code(predicate['attribute'])} is {' or '.join(predicate['values'])})"
    if kind == "related":
        return f"who is named in {codes(predicate['by'])} of these: {_population(predicate['to'])}"
    return {
        "self": "the person self", "anyone": "anyone", "represented": "who is represented by the actor",
        "case": "the persons of the case",
    }.get(kind, code(kind))  # fmt: skip


def registers() -> str:
    """Every register with its attributes."""
    from waardig.registers.queries import declarations

    found = declarations([LIBRARY]).registers
    parts = ["# Registers\n\nWhat each source register holds, who keeps and corrects it, and who may never read it.\n"]
    for register in sorted(found.values(), key=lambda one: one.id):
        rows = [
            (code(a.id), a.label.nl, a.label.en, _form(a), a.sensitivity, "never" if not a.bulk else "")
            for a in register.attributes.values()
        ]
        parts.append(
            f"## {register.id}: {register.name.nl} ({register.name.en})\n\nHolder: {register.holder.name.nl}. Source: "
            f"{register.source}.\n\n"
            + table(("attribute", "Nederlands", "English", "form", "sensitivity", "in a round"), rows)
        )
    return "\n".join(parts)


def _form(attribute: Any) -> str:
    extra = [attribute.unit, "spells" if attribute.spells else "", "may be absent" if attribute.may_be_absent else ""]
    extra += _rules(attribute.quality, attribute.kind)
    extra += [f"{code(f.name)} {', '.join(_rules(f.quality, f.kind))}" for f in attribute.fields.values()
              if _rules(f.quality, f.kind)]  # fmt: skip
    return ", ".join(part for part in (attribute.kind.value, *extra) if part)


def _rules(quality: Any, kind: Any) -> list[str]:
    """The quality rules that are not the same for every value of a kind."""
    from waardig.registers.core.declaration import Quality

    plain = Quality()
    found = [f"from {quality.not_before}"] if quality.not_before != plain.not_before else []
    found += ["not in the future"] if quality.not_after_today else []
    found += [f"at least {quality.least}"] if quality.least not in (plain.least, 0) else []
    found += ["not negative"] if quality.least == 0 and kind.value in ("eurocent", "number") else []
    found += [f"at most {quality.most}"] if quality.most != plain.most else []
    return found + ([f"at most {quality.longest} characters"] if quality.longest != plain.longest else [])


def services() -> str:
    """Every service package."""
    from waardig.catalogue.queries import services as declared

    parts = ["# Services\n\nA service package is the unit that municipalities share.\n"]
    for one in declared():
        assumed = [f"{a.input} = {a.value} (for a proposal only)" for a in one.assume_for]
        parts.append(
            f"## {one.id}\n\n{one.name.nl} ({one.name.en}). {one.summary.nl}\n\n"
            f"- Law: {code(one.law)} article {one.article}; entitlement {code(one.outputs.entitlement)}; amount "
            f"{code(one.outputs.amount)}\n"
            f"- Conditions: {codes(one.outputs.conditions)}\n- Figures shown: {codes(one.outputs.figures)}\n"
            f"- Activities: round {code(one.round_activity) or 'none'}, application {code(one.application_activity)}, "
            f"decision {code(one.decision_activity)}\n"
            f"- Assumed in the person's favour: {'; '.join(assumed) or 'nothing'}\n"
            f"- Asked at yes: {codes(asked.id for asked in one.ask_at_yes)}\n"
            f"- Never looked at: {'; '.join(f'{g.id} ({codes(sorted(g.attributes))})' for g in one.forbidden)}\n"
            f"- Sample decided by hand: {one.sample_percent} %; decided within {one.decide_within_weeks} weeks\n"
            f"- Messages: {codes(one.messages)}\n"
        )
    return "\n".join(parts)


def laws() -> str:
    """Every law file of the library and of the demo's municipality."""
    from waardig.law.queries import law_book

    book = law_book(content_roots())
    head = ("version", "until", "text", "articles", "outputs")
    parts = [
        "# Laws\n\nMachine-readable law by `$id`. Status of the text: published, recomputed, derived, older_text or "
        "unverified (the last blocks activation). Where texts and amounts come from: "
        "`src/waardig/library/laws/SOURCES.md`.\n"
    ]
    for law_id in book.ids():
        versions = book.versions(law_id)
        rows = [
            (
                code(law.valid_from), code(law.valid_to), law.status.text.value,
                ", ".join(article.number for article in law.articles), codes(law.output_names()),
            )
            for law in versions
        ]  # fmt: skip
        newest = versions[-1]
        scope = f"; for {', '.join(newest.scope.values())}" if newest.scope else ""
        place = f"<{newest.url}>" if newest.url.startswith("http") else newest.url
        parts.append(f"## {law_id}\n\n{newest.name} ({newest.layer}{scope}). {place}\n\n" + table(head, rows))
        if terms := _open_terms(versions):
            parts.append("Left open, to be filled by an output of the same name (`implements`):\n\n" + terms)
    return "\n".join(parts)


def _open_terms(versions: tuple[Law, ...]) -> str:
    """The open terms of a law: who fills them, with what, in which versions."""
    found: dict[tuple[str, str], list[tuple[Law, OpenTerm]]] = defaultdict(list)
    for law in versions:
        for article in law.articles:
            for name, term in article.open_terms.items():
                found[(article.number, name)].append((law, term))
    rows = []
    for (number, name), filled in found.items():
        term = filled[-1][1]
        kind = f"{term.field.type} ({term.field.unit})" if term.field.unit else term.field.type
        who = str(term.delegation_type or "any").lower()
        within = codes(law.valid_from for law, _ in filled) if len(filled) < len(versions) else "all"
        need = "yes" if term.required else "no"
        rows.append((code(name), number, kind, who, need, within, term.field.description))
    return table(("term", "article", "type", "filled by", "needed", "versions", "meaning"), rows) if rows else ""


def messages() -> str:
    """Every message template with the values it asks."""
    from waardig.catalogue.queries import services as declared
    from waardig.inbox.queries import template

    parts = ["# Messages\n\nTemplates of letters and digital messages: the same blocks on paper and on screen.\n"]
    for service in declared():
        names = sorted({path.name.split(".")[0] for path in (LIBRARY / "services" / service.id).glob("messages/*.md")})
        for name in names:
            dutch, english = template(service.id, name), template(service.id, name, language="en")
            asked: dict[str, list[str]] = defaultdict(list)
            for placeholder, kind in dutch.placeholders.items():
                asked[kind.value].append(placeholder)
            rows = [(kind, codes(sorted(found))) for kind, found in sorted(asked.items())]
            parts.append(
                f'## {service.id}/{name}\n\nSubject: "{dutch.subject}" ("{english.subject}"). Type of message: '
                f"{code(dutch.message_type)}.\n\n" + table(("type of value", "values"), rows)
            )
    return "\n".join(parts)
