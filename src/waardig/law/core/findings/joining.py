"""What can be wrong between the parts of a law and between laws, once they are read."""

from __future__ import annotations

from waardig.law.core.findings.text import (
    CIRCLE,
    CORRECT,
    DROP,
    FILLED,
    FIT,
    IMPLEMENTS,
    NAME,
    OVERRIDES,
    PROCEDURE,
    SMALLER,
    STAGE,
    UNUSED,
    Remedy,
    Text,
)

JOINING: dict[str, Text] = {
    "unknown_law": Text(
        "Law '{law}' not found. Known laws: {known}.",
        "De wet '{law}' is er niet. Bekend zijn: {known}.",
        Remedy(
            "Check the $id, or add the folder with --laws DIR or WAARDIG_CONTENT.",
            "Kijk de $id na, of voeg de map toe met --laws MAP of WAARDIG_CONTENT.",
        ),
    ),
    "unknown_output": Text(
        "Output '{output}' not found in law '{law}'. It has: {known}.",
        "De uitkomst '{output}' is er niet in de wet '{law}'. Die heeft: {known}.",
        Remedy("Ask one of the outputs named here.", "Vraag een van de uitkomsten die hier staan."),
    ),
    "ended": Text(
        "No version of law '{law}' in force on {on}; last in force until {until}.",
        "Geen versie van de wet '{law}' geldt op {on}; de laatste gold tot en met {until}.",
        Remedy(
            "Choose another date, or add the version that is in force on it.",
            "Kies een andere datum, of voeg de versie toe die dan geldt.",
        ),
    ),
    "not_begun": Text(
        "No version of law '{law}' in force on {on}; first version is valid from {first}.",
        "Geen versie van de wet '{law}' geldt op {on}; de eerste geldt vanaf {first}.",
        Remedy(
            "Choose another date, or add the version that is in force on it.",
            "Kies een andere datum, of voeg de versie toe die dan geldt.",
        ),
    ),
    "missing_implementation": Text(
        "Open term '{term}' of {law} article {article} has no implementation in force on {on}: {why}.",
        "De open term '{term}' van {law} artikel {article} is op {on} door niets ingevuld: {why}.",
        FILLED,
    ),
    "why_layer": Text("{laws} is not a {layer}", "{laws} is geen {layer}"),
    "why_scope": Text(
        "with {given} nothing applies; there are regulations for {codes}",
        "met {given} geldt er niets; er zijn regelingen voor {codes}",
    ),
    "nothing_known": Text("none", "geen enkele"),
    "no_scope": Text("no scope", "geen gebied"),
    "why_none": Text("no law file implements it on this date", "geen wetsbestand vult het op die dag in"),
    "presumes_against": Text(
        "Policy rule '{law}' article {article} presumes against a person: '{term}' yields false.",
        "De beleidsregel '{law}' artikel {article} zegt 'nee' op '{term}'. Dat mag alleen een mens.",
        Remedy(
            "Let the policy rule yield true or nothing (null); every no goes to a person.",
            "Laat de beleidsregel waar of niets (null) zeggen; elk nee gaat naar een mens.",
        ),
    ),
    "circular": Text("circular reference: {circle}", "verwijzing in een kring: {circle}", CIRCLE),
    "circular_field": Text(
        "circular reference: '{name}' needs itself", "verwijzing in een kring: '{name}' heeft zichzelf nodig", CIRCLE
    ),
    "references_deep": Text("references go deeper than {most}", "verwijzingen gaan dieper dan {most}", CIRCLE),
    "overrides_many": Text(
        "{count} articles of '{law}' override '{output}'",
        "{count} artikelen van '{law}' komen in de plaats van '{output}'",
        OVERRIDES,
    ),
    "article_unreadable": Text(
        "the article cannot be read: line {line}: {problem}",
        "het artikel kan niet worden gelezen: regel {line}: {problem}",
        CORRECT,
    ),
    "untranslatable": Text(
        "Untranslatable construct '{construct}': {reason}",
        "'{construct}' kan een computer niet uitrekenen: {reason}",
        CORRECT,
    ),
    "output_elsewhere": Text(
        "output '{name}' is given by article {article} (line {line}) already: this one is never asked",
        "uitkomst '{name}' komt al uit artikel {article} (regel {line}): deze wordt nooit gevraagd",
        Remedy(
            "Give one of the two another name, or say with `overrides` that this one goes first.",
            "Geef een van de twee een andere naam, of zeg met `overrides` dat deze voorgaat.",
        ),
    ),
    "output_without_action": Text(
        "output '{name}' is declared but no action computes it",
        "uitkomst '{name}' is opgegeven, maar geen actie rekent hem uit",
        Remedy("Add the action, or leave the output out.", "Voeg de actie toe, of laat de uitkomst weg."),
    ),
    "unknown_variable": Text("variable '${name}' not found", "de variabele '${name}' is er niet", NAME),
    "unknown_field": Text(
        "'${item}' has no field '{name}'; it has {known}", "'${item}' heeft geen veld '{name}'; wel {known}", NAME
    ),
    "filled_twice": Text(
        "open term '{term}' is filled twice, by {laws}",
        "open term '{term}' is twee keer ingevuld, door {laws}",
        CORRECT,
    ),
    "implementation_without_output": Text(
        "'{law}' article {article} implements '{name}' but has no output of that name",
        "'{law}' artikel {article} vult '{name}' in, maar heeft geen uitkomst met die naam",
        IMPLEMENTS,
    ),
    "default_without_action": Text(
        "the default of '{name}' has no action of that name",
        "wat anders geldt voor '{name}' heeft geen actie met die naam",
        CORRECT,
    ),
    "no_collection": Text(
        "FOREACH goes over '${name}', which declares no members",
        "FOREACH gaat over '${name}', en daarvan zijn geen members opgegeven",
        CORRECT,
    ),
    "nested_foreach": Text(
        "FOREACH over '${name}' for each member of another collection: count it before, once for all",
        "FOREACH over '${name}' voor elk lid van een andere verzameling: reken het eerst één keer uit voor allen",
        CORRECT,
    ),
    "missing_parameter": Text(
        "'{law}' needs parameter '{name}' for '{input}'; give it under 'parameters' of the source",
        "'{law}' heeft parameter '{name}' nodig voor '{input}'; geef die onder 'parameters' van de bron",
        CORRECT,
    ),
    "member_not_given": Text(
        "'{law}' asks '{name}' for '{field}'; give it under 'parameters' of that field",
        "'{law}' vraagt '{name}' voor '{field}'; geef het onder 'parameters' van dat veld",
        CORRECT,
    ),
    "input_and_output": Text(
        "'{name}' is an input and an output of article {article}",
        "'{name}' is een gegeven en een uitkomst van artikel {article}",
        Remedy("Give one of the two another name.", "Geef een van de twee een andere naam."),
    ),
    "implements_no_law": Text(
        "implements an open term of '{law}', which is not loaded",
        "vult een open term in van '{law}', en die wet is er niet",
        IMPLEMENTS,
    ),
    "implements_no_term": Text(
        "'{law}' article {article} has no open term '{term}'",
        "'{law}' artikel {article} heeft geen open term '{term}'",
        IMPLEMENTS,
    ),
    "implements_layer": Text(
        "open term '{term}' is left to a {expected}, but this is a {layer}",
        "open term '{term}' wordt overgelaten aan een {expected}, maar dit is een {layer}",
        IMPLEMENTS,
    ),
    "implements_not_computed": Text(
        "implements '{term}' but no action computes an output of that name",
        "vult '{term}' in, maar geen actie rekent een uitkomst met die naam uit",
        IMPLEMENTS,
    ),
    "defaults_two": Text(
        "procedure '{name}' is a default for {character}, and '{other}' is too",
        "procedure '{name}' geldt als er niets is gezegd voor {character}, en '{other}' ook",
        Remedy("Let one of them be the default.", "Laat er één gelden als er niets is gezegd."),
    ),
    "procedure_unknown": Text(
        "procedure '{name}' is in no law for {character}",
        "procedure '{name}' staat voor {character} in geen wet",
        PROCEDURE,
    ),
    "procedure_nameless": Text(
        "procedure '{name}' is in no law for an article without character",
        "procedure '{name}' hoort bij een artikel dat niet zegt wat voor besluit het geeft",
        PROCEDURE,
    ),
    "stage_unknown": Text(
        "stage '{name}' is in no procedure for {character}; there is {known}",
        "fase '{name}' staat voor {character} in geen procedure; wel is er {known}",
        STAGE,
    ),
    "stage_nowhere": Text(
        "stage '{name}' is in no procedure for {character}",
        "fase '{name}': er is geen procedure voor {character}",
        STAGE,
    ),
}

TYPES: dict[str, Text] = {
    "declared_type": Text(
        "'{name}' is declared {declared} but its value is a {found_word}",
        "'{name}' is opgegeven als {declared}, maar de waarde is {found_word}",
        FIT,
    ),
    "declared_unit": Text(
        "'{name}' is declared in {declared} but its value is in {found}",
        "'{name}' is opgegeven in {declared}, maar de waarde is in {found}",
        FIT,
    ),
    "foreach_where": Text(
        "FOREACH needs true or false for 'where', not a {found_word}",
        "FOREACH heeft bij 'where' waar of niet waar nodig, niet {found_word}",
        FIT,
    ),
    "foreach_value": Text(
        "FOREACH with {combine} needs a {wanted_word} for 'value', not a {found_word}",
        "FOREACH met {combine} heeft bij 'value' {wanted_word} nodig, niet {found_word}",
        FIT,
    ),
    "date_add_unit": Text(
        "DATE_ADD adds {role}, but what it adds is in {unit}",
        "DATE_ADD telt {role} op, maar wat wordt opgeteld is in {unit}",
        FIT,
    ),
    "date_add_number": Text(
        "DATE_ADD needs a number for '{role}', not a {found_word}",
        "DATE_ADD heeft een getal nodig voor '{role}', niet {found_word}",
        FIT,
    ),
    "no_such_part": Text(
        "there is no '.{part}' in a {found_word}",
        "'.{part}' bestaat niet: dit is {found_word}",
        Remedy(
            "Of a date one reads .year, .month, .day and .iso; a number or a boolean has no parts.",
            "Van een datum leest u .year, .month, .day en .iso; een getal of een ja of nee heeft geen delen.",
        ),
    ),
    "needs_date": Text(
        "{op} needs a date for '{role}', not a {found_word}",
        "{op} heeft bij '{role}' een datum nodig, niet {found_word}",
        FIT,
    ),
    "needs_numbers": Text(
        "{op} needs numbers, not a {found_word}", "{op} heeft getallen nodig, niet {found_word}", FIT
    ),
    "types_differ": Text(
        "the {what_word} of {op} are of different types: {types_word}",
        "de {what_word} van {op} zijn niet van hetzelfde type: {types_word}",
        FIT,
    ),
    "units_differ": Text(
        "the {what_word} of {op} are in different units: {units_word}",
        "de {what_word} van {op} zijn niet in dezelfde eenheid: {units_word}",
        FIT,
    ),
    "compares_null": Text(
        "{op} cannot compare with nothing (null); use EQUALS",
        "{op} kan niet vergelijken met niets (null); gebruik EQUALS",
        FIT,
    ),
    "compares_types": Text(
        "{op} compares a {left_word} with a {right_word}", "{op} vergelijkt {left_word} met {right_word}", FIT
    ),
    "compares_order": Text(
        "{op} compares numbers or dates, not a {found_word}",
        "{op} vergelijkt getallen of datums, niet {found_word}",
        FIT,
    ),
    "compares_units": Text("{op} compares {left} with {right}", "{op} vergelijkt {left} met {right}", FIT),
}

LOOKING: dict[str, Text] = {
    "ends_before": Text(
        "valid_to {valid_to} lies before valid_from {valid_from}",
        "valid_to {valid_to} ligt voor valid_from {valid_from}",
        Remedy(
            "Give the last day on which this version holds, or leave valid_to out.",
            "Geef de laatste dag waarop deze versie geldt, of laat valid_to weg.",
        ),
    ),
    "unused_definition": Text(
        "definition '{name}' is used nowhere in its article",
        "definitie '{name}' wordt nergens in het artikel gebruikt",
        UNUSED,
    ),
    "unused_input": Text(
        "input '{name}' is used nowhere in its article",
        "gegeven '{name}' wordt nergens in het artikel gebruikt",
        UNUSED,
    ),
    "overrides_no_law": Text(
        "overrides an output of '{law}', which is not loaded",
        "komt in de plaats van een uitkomst van '{law}', en die wet is er niet",
        OVERRIDES,
    ),
    "overrides_no_article": Text(
        "overrides article {article} of '{law}', which has no such article",
        "komt in de plaats van artikel {article} van '{law}', en dat artikel is er niet",
        OVERRIDES,
    ),
    "overrides_no_output": Text(
        "overrides '{output}', which '{law}' article {article} does not give",
        "komt in de plaats van '{output}', maar '{law}' artikel {article} geeft die niet",
        OVERRIDES,
    ),
    "overrides_not_computed": Text(
        "overrides '{output}' but no action computes an output of that name",
        "komt in de plaats van '{output}', maar geen actie rekent een uitkomst met die naam uit",
        OVERRIDES,
    ),
    "unreachable": Text(
        "unreachable branch: the condition on line {before} is always true",
        "deze tak wordt nooit bereikt: de voorwaarde op regel {before} is altijd waar",
        DROP,
    ),
    "always_true": Text(
        "the condition is always true: the branches after it are never reached",
        "de voorwaarde is altijd waar: de takken erna worden nooit bereikt",
        DROP,
    ),
    "always_false": Text(
        "the condition is always false: its branch is never reached",
        "de voorwaarde is nooit waar: deze tak wordt nooit bereikt",
        DROP,
    ),
    "same_condition": Text(
        "unreachable branch: the same condition stands on line {before}",
        "deze tak wordt nooit bereikt: dezelfde voorwaarde staat op regel {before}",
        DROP,
    ),
    "default_unreachable": Text(
        "unreachable default: the condition on line {before} is always true",
        "wat anders geldt wordt nooit bereikt: de voorwaarde op regel {before} is altijd waar",
        DROP,
    ),
    "bounds_crossed": Text(
        "'{name}' is at least {low} and at most {high}: no number is",
        "'{name}' is minstens {low} en hoogstens {high}: geen getal is dat",
        Remedy("Correct min or max.", "Verbeter min of max."),
    ),
    "divides_by_zero": Text(
        "division by zero: nobody gets an outcome here",
        "delen door nul: hier krijgt niemand een uitkomst",
        Remedy("Give a divisor that is not zero.", "Geef een deler die geen nul is."),
    ),
    "date_outside": Text(
        "DATE_ADD gives a date outside the years 1 to 9999",
        "DATE_ADD geeft een datum buiten de jaren 1 tot en met 9999",
        Remedy("Give a year, month and day that exist.", "Geef een jaar, maand en dag die bestaan."),
    ),
    "never_true": Text(
        "the condition is never true here: it excludes itself, or what was asked before excludes it",
        "de voorwaarde is hier nooit waar: zij sluit zichzelf uit, of wat eerder is gevraagd sluit haar uit",
        DROP,
    ),
    "default_never": Text(
        "unreachable default: the conditions before it leave nothing over",
        "wat anders geldt wordt nooit bereikt: de voorwaarden ervoor laten niets over",
        DROP,
    ),
    "date_impossible": Text(
        "there is no date {date}",
        "de datum {date} bestaat niet",
        Remedy("Give a year, month and day that exist.", "Geef een jaar, maand en dag die bestaan."),
    ),
    "no_date": Text(
        "'{value}' is no date",
        "'{value}' is geen datum",
        Remedy("Write an existing date as YYYY-MM-DD.", "Schrijf een bestaande datum als JJJJ-MM-DD."),
    ),
    "may_be_absent": Text(
        "{op} needs a value, and '{name}' may be absent (null) here",
        "{op} heeft een waarde nodig, en '{name}' kan hier ontbreken (null)",
        Remedy(
            "First ask whether it is there: EQUALS with value null, in the same AND or in a case before it.",
            "Vraag eerst of het er is: EQUALS met value null, in dezelfde AND of in een geval ervoor.",
        ),
    ),
    "may_overflow": Text(
        "{op} may overflow: up to about 10^{power}, 64 bits hold 9.2 x 10^18",
        "{op} kan te groot worden: tot ongeveer 10^{power}, en in 64 bits past 9,2 x 10^18",
        SMALLER,
    ),
    "overflow": Text("overflow: 64 bits cannot hold this number", "te groot: dit getal past niet in 64 bits", SMALLER),
}
