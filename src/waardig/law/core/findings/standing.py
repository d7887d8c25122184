"""What can be wrong in what a law file says of itself: its place, its dates, what it rests on, and its status file."""

from __future__ import annotations

from waardig.law.core.findings.text import Remedy, Text

BASIS = Remedy(
    "Give legal_basis the law, article, paragraph and link that belong together: residents follow that link.",
    "Geef legal_basis de wet, het artikel, het lid en de link die bij elkaar horen: inwoners volgen die link.",
)
RESTS = Remedy(
    "Correct law_id or article under `legal_basis`; the $id is that of the law file.",
    "Verbeter law_id of article onder `legal_basis`; de $id is die van het wetsbestand.",
)
STATUS = Remedy(
    "Correct the status file; docs/how-to/write-a-law-file.md shows a whole one.",
    "Verbeter het statusbestand; docs/how-to/write-a-law-file.md laat een heel bestand zien.",
)
STANDING: dict[str, Text] = {
    "basis_article": Text(
        "legal_basis names article {article}, and its link is about article {other}",
        "legal_basis noemt artikel {article}, maar de link gaat over artikel {other}",
        BASIS,
    ),
    "basis_paragraph": Text(
        "legal_basis names paragraph {paragraph}, and its link is about paragraph {other}",
        "legal_basis noemt lid {paragraph}, maar de link gaat over lid {other}",
        BASIS,
    ),
    "basis_number": Text(
        "legal_basis names {bwb_id}, and its link is about {other}",
        "legal_basis noemt {bwb_id}, maar de link gaat over {other}",
        BASIS,
    ),
    "basis_law": Text(
        "legal_basis calls {bwb_id} '{law}', and that law has the number {other}",
        "legal_basis noemt {bwb_id} '{law}', maar die wet heeft het nummer {other}",
        BASIS,
    ),
    "basis_own": Text(
        "legal_basis names article {article} of this law, which this file does not have",
        "legal_basis noemt artikel {article} van deze wet, en dat staat niet in dit bestand",
        BASIS,
    ),
    "rests_on_no_law": Text(
        "rests on '{law}', which is not loaded; '{known}' is",
        "berust op '{law}', en die wet is er niet; '{known}' wel",
        RESTS,
    ),
    "article_twice": Text(
        "article {number} stands here twice (first on line {first})",
        "artikel {number} staat hier twee keer (eerst op regel {first})",
        Remedy(
            "Join the two, or give one its own number: a citation must name one article.",
            "Voeg de twee samen of geef er een een eigen nummer: een verwijzing moet één artikel noemen.",
        ),
    ),
    "definition_hidden": Text(
        "definition '{name}' is never read: '${name}' is what stands on line {other}",
        "definitie '{name}' wordt nooit gelezen: '${name}' is wat op regel {other} staat",
        Remedy("Give one of the two another name.", "Geef een van de twee een andere naam."),
    ),
    "cents_broken": Text(
        "'{name}' is {value} eurocent: an amount in eurocent is whole",
        "'{name}' is {value} eurocent: een bedrag in eurocent is heel",
        Remedy(
            "Write euros as cents (12.50 is 1250); give a price of less than a cent another unit.",
            "Schrijf euro's als centen (12,50 is 1250); geef een prijs van minder dan een cent een andere eenheid.",
        ),
    ),
    "year_strange": Text(
        "{key} {value} lies before 1800",
        "{key} {value} ligt voor 1800",
        Remedy("Write the year with four digits.", "Schrijf het jaar met vier cijfers."),
    ),
    "gap": Text(
        "no version holds from {first} to {last}: the next one begins the day after",
        "van {first} tot en met {last} geldt geen versie: de volgende begint de dag erna",
        Remedy(
            "Correct valid_to or the next valid_from; when it is so, say why under gap_after in the status file.",
            "Verbeter valid_to of de volgende valid_from; klopt het, zeg waarom onder gap_after in het statusbestand.",
        ),
    ),
    "overlap": Text(
        "valid_to {valid_to} lies after {next}, when the next version begins and takes its place",
        "valid_to {valid_to} ligt na {next}, en dan begint de volgende versie",
        Remedy(
            "Leave valid_to out, or correct one of the two days.",
            "Laat valid_to weg, of verbeter een van de twee dagen.",
        ),
    ),
    "never_true_at_all": Text(
        "this is never true: its conditions exclude each other",
        "dit is nooit waar: de voorwaarden sluiten elkaar uit",
        Remedy("Correct one of the conditions.", "Verbeter een van de voorwaarden."),
    ),
    "always_true_at_all": Text(
        "this is always true: one of its conditions holds for everybody",
        "dit is altijd waar: voor iedereen geldt een van de voorwaarden",
        Remedy("Correct one of the conditions.", "Verbeter een van de voorwaarden."),
    ),
    "status_no_definition": Text(
        "the status file names '{name}', and no article has a definition of that name",
        "het statusbestand noemt '{name}', en geen artikel heeft een definitie met die naam",
        STATUS,
    ),
    "status_key": Text(
        "'{key}' means nothing in a status file; known are {known}",
        "'{key}' betekent niets in een statusbestand; bekend zijn {known}",
        STATUS,
    ),
    "status_date": Text("text_version '{value}' is not a date", "text_version '{value}' is geen datum", STATUS),
}
