"""What a schema cannot see: whether the files of a service agree with each other and with the rules of the house.

Every function returns problems with file and line; none stops at the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from waardig.catalogue.core.explaining import holes, sentences
from waardig.catalogue.terms import (
    Activity,
    Counterfactual,
    Municipality,
    Outputs,
    Placeholder,
    Service,
    WhyPage,
    WhyStep,
)
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.content_file import ContentFile, ContentProblem

Problems = Iterator[ContentProblem]


def service_problems(file: ContentFile, service: Service, activities: Mapping[str, Activity]) -> Problems:
    """The service names its own folder and activities of the right kind."""
    if service.id != file.path.parent.name:
        yield file.problem(
            ("id",), f"id is '{service.id}' but the folder is '{file.path.parent.name}'; make them equal"
        )
    wanted = {"application_activity": "right", "decision_activity": "right", "objection_activity": "right"}
    wanted |= {"look_activity": "right"}
    wanted |= {"round_activity": "service"}
    for key, kind in wanted.items():
        name = getattr(service, key)
        if name is None:
            continue
        found = activities.get(name)
        if found is None:
            yield file.problem((key,), f"{key}: no activities.yaml declares '{name}'; declare it")
        elif found.kind != kind:
            yield file.problem((key,), f"{key}: '{name}' is of kind {found.kind}; it must be {kind}")
    if service.first_look and service.round_activity is None:
        yield file.problem(("first_look",), "first_look is how a round reads; add round_activity, or take it away")


def activity_problems(file: ContentFile, activities: Sequence[Activity], service: Service | None) -> Problems:
    """Attributes once, none forbidden, populations and deliveries that the gate will accept."""
    forbidden = service.forbidden_attributes if service else frozenset()
    for number, activity in enumerate(activities):
        place = ("activities", number)
        seen: set[str] = set()
        for index, attribute in enumerate(activity.attributes):
            where = (*place, "attributes", index)
            if attribute.id in seen:
                yield file.problem(where, f"{activity.id}: '{attribute.id}' stands here twice; keep one")
            seen.add(attribute.id)
            if activity.needs_weighing and attribute.id in forbidden:
                yield file.problem(where, f"{activity.id}: '{attribute.id}' is forbidden in service.yaml; remove it")
        yield from _delivery_problems(file, place, activity)
        surplus = sorted(population_attributes(activity.population) - activity.attribute_ids)
        if surplus and activity.delivery.form == "bulk":
            yield file.problem(
                (*place, "population"),
                f"{activity.id}: the population uses {', '.join(surplus)}; add it to attributes with its necessity",
            )


def _delivery_problems(file: ContentFile, place: tuple[str | int, ...], activity: Activity) -> Problems:
    bulk = activity.delivery.form == "bulk"
    if bulk and activity.kind != "service" and activity.population["kind"] not in ("represented", "custody"):
        message = f"{activity.id}: only a service, or an activity about those one represents, may be bulk"
        yield file.problem((*place, "delivery"), message)
    if bulk and activity.delivery.daily_ceiling is None:
        yield file.problem((*place, "delivery"), f"{activity.id}: bulk needs a daily_ceiling; add it")
    if activity.needs_weighing and "anyone" in population_kinds(activity.population):
        yield file.problem(
            (*place, "population"), f"{activity.id}: a service activity cannot be about anyone; say who it is about"
        )


def _parts(population: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield population
    for inner in (*population.get("of", ()), *([population["to"]] if "to" in population else [])):
        yield from _parts(inner)


def population_kinds(population: Mapping[str, Any]) -> frozenset[str]:
    """Every kind of predicate inside a population."""
    return frozenset(part["kind"] for part in _parts(population))


def population_attributes(population: Mapping[str, Any]) -> frozenset[str]:
    """Every attribute that deciding the population reads."""
    found: set[str] = set()
    for part in _parts(population):
        found |= {part[key] for key in ("attribute", "or_exists") if key in part} | set(part.get("by", ()))
    return frozenset(found)


def duplicate_problems(files: Iterable[tuple[ContentFile, Sequence[Activity]]]) -> Problems:
    """An activity id is declared once in all content."""
    first: dict[str, ContentFile] = {}
    for file, activities in files:
        for number, activity in enumerate(activities):
            if activity.id in first:
                yield file.problem(
                    ("activities", number), f"'{activity.id}' is also declared in {first[activity.id].path}; keep one"
                )
            first.setdefault(activity.id, file)


def municipality_problems(
    file: ContentFile, town: Municipality, services: Iterable[Service], activities: Iterable[Activity]
) -> Problems:
    """Teams, officials and mandates name each other; every role that an activity asks is held by somebody."""
    for number, official in enumerate(town.officials.values()):
        if official.team not in town.teams:
            yield file.problem(("officials", number), f"team '{official.team}' is not among teams; add it")
    for number, mandate in enumerate(town.mandates):
        if mandate.official not in town.officials:
            yield file.problem(("mandates", number), f"'{mandate.official}' is not among officials; add the official")
    if town.contact_person not in town.officials:
        yield file.problem(("contact_person",), f"'{town.contact_person}' is not among officials; add the official")
    for service in services:
        if service.team not in town.teams:
            yield file.problem(("teams",), f"service {service.id} is handled by team '{service.team}'; add this team")
    held = {role for official in town.officials.values() for role in official.roles}
    for activity in activities:
        roles = {actor.role for actor in activity.actors if actor.kind == "employee" and actor.role}
        if roles and not roles & held:
            asked = " or ".join(sorted(roles))
            yield file.problem(("officials",), f"activity {activity.id} asks role {asked}; give it to an official")


def why_problems(file: ContentFile, page: WhyPage, outputs: Outputs, *, under: tuple[str, ...] = ()) -> Problems:
    """Steps show outputs that are asked, and every hole in a sentence is declared and used.

    Args:
        outputs: of the service or the check.
        under: where in the file the steps stand.
    """
    known = set(outputs.all)
    for key, steps in (("steps", page.steps), ("also_checked", page.also_checked)):
        for number, step in enumerate(steps):
            yield from _step_problems(file, (*under, key, number), step, known)
    for number, line in enumerate(page.counterfactuals):
        yield from _counterfactual_problems(file, (*under, "counterfactuals", number), line, known)


def _step_problems(file: ContentFile, place: tuple[str | int, ...], step: WhyStep, known: set[str]) -> Problems:
    if step.output not in known:
        yield file.problem((*place, "output"), f"'{step.output}' is not among outputs; add it to outputs")
    yield from _hole_problems(file, place, list(sentences(step)), step.placeholders)
    yield from _placeholder_problems(file, place, step.placeholders, known)
    for index, fact in enumerate(step.facts):
        if (fact.show == "choice") != (fact.words is not None):
            yield file.problem((*place, "facts", index), f"'{fact.input}': show: choice and words go together")
    if (step.old is None) != (step.old_after is None):
        yield file.problem(place, f"step {step.id}: old and old_after go together; add the other")


def _counterfactual_problems(
    file: ContentFile, place: tuple[str | int, ...], line: Counterfactual, known: set[str]
) -> Problems:
    yield from _hole_problems(file, place, [line.sentence], line.placeholders)
    yield from _placeholder_problems(file, place, line.placeholders, known)
    for name in (line.change.to_output, line.expect.output if line.expect else None):
        if name and name not in known:
            yield file.problem(place, f"'{name}' is not among outputs; add it to outputs")


def _hole_problems(
    file: ContentFile, place: tuple[str | int, ...], texts: Sequence[Bilingual], declared: Mapping[str, Placeholder]
) -> Problems:
    used: set[str] = set()
    for text in texts:
        dutch, english = set(holes(text.nl)), set(holes(text.en))
        used |= dutch | english
        for name in sorted(dutch ^ english):
            yield file.problem(place, f"{{{name}}} stands in only one language of '{text.nl[:40]}'; use it in both")
    for name in sorted(used - set(declared)):
        yield file.problem(place, f"{{{name}}} is not declared; add it to placeholders")
    for name in sorted(set(declared) - used):
        yield file.problem((*place, "placeholders", name), f"placeholder {name} is in no sentence; remove it")


def _placeholder_problems(
    file: ContentFile, place: tuple[str | int, ...], declared: Mapping[str, Placeholder], known: set[str]
) -> Problems:
    for name, holder in declared.items():
        where = (*place, "placeholders", name)
        if holder.output and holder.output not in known:
            yield file.problem(where, f"'{holder.output}' is not among outputs; add it to outputs")
        if holder.type == "choice" and not (holder.words and holder.otherwise):
            yield file.problem(where, f"{name}: a choice needs words and otherwise; add them")
