"""The law room: does the regulation in force let the municipality grant a service without an application?

Invariant: a service whose regulation has no such article on that day cannot be published with that lane.
Source: Awb 4:1 (an application is the rule); the article itself is content, named in service.yaml or regulation.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from waardig.catalogue.terms import Service, WithoutApplication
from waardig.kernel.content_file import ContentFile, ContentInvalid, ContentProblem
from waardig.law import queries as law
from waardig.law.terms import LawNotInForce, UnknownLaw, UnknownOutput


def check_granting(
    book: law.LawBook, services: Mapping[str, Service], files: Mapping[str, ContentFile], *, on: date
) -> None:
    """Refuse content in which a service grants without application and no article in force allows that.

    Raises:
        ContentInvalid: with file and line of every such service.
    """
    problems = [
        problem for name, service in services.items() for problem in _problems(book, service, files[name], on=on)
    ]
    if problems:
        raise ContentInvalid(problems)


def _problems(book: law.LawBook, service: Service, file: ContentFile, *, on: date) -> Iterator[ContentProblem]:
    allowed = service.without_application
    output = service.outputs.without_application
    if not service.grants_unasked or allowed is None or output is None:
        return
    place = ("without_application",)
    if not allowed.article:
        yield file.problem(place, f"{service.id} has the lane without_application: name the article that allows it")
        return
    why = _why_not(book, allowed, output, on)
    if why:
        yield file.problem(place, f"lane without_application of {service.id}: {why}")


def _why_not(book: law.LawBook, allowed: WithoutApplication, output: str, on: date) -> str:
    try:
        found = law.article_of(book, allowed.law, output, on=on)
    except (UnknownLaw, LawNotInForce) as refusal:
        return f"{refusal.text_en} {refusal.remedy}"
    except UnknownOutput:
        return f"no article of {allowed.law} says for whom ({output}); without it nothing is granted unasked"
    if found != allowed.article:
        return f"article {allowed.article} does not give {output}; in {allowed.law} article {found} does"
    return ""
