"""What can be wrong with a law file by itself, while it is read."""

from __future__ import annotations

from waardig.law.core.findings.text import DATES, FORMAT, STATUTE, VERSIONS, WRITTEN, WRITTEN_OUT, Remedy, Text

READING: dict[str, Text] = {
    "not_utf8": Text(
        "not UTF-8 text: {reason} at byte {byte}", "dit is geen UTF-8-tekst: {reason} bij byte {byte}", WRITTEN
    ),
    "not_yaml": Text("not valid YAML: {problem}", "dit is geen geldige YAML; de lezer meldt: {problem}", WRITTEN),
    "nested_too_deep": Text("nested deeper than {most} levels", "dieper genest dan {most} lagen", WRITTEN),
    "too_many_nodes": Text(
        "more than {most} keys and values, what aliases repeat among them",
        "meer dan {most} sleutels en waarden, ook wat met verwijzingen (*) wordt herhaald",
        WRITTEN,
    ),
    "number_too_long": Text("a number of more than {most} digits", "een getal van meer dan {most} cijfers", WRITTEN),
    "merge_key": Text(
        "'<<' does not exist in YAML 1.2: nothing is taken over here",
        "'<<' bestaat niet in YAML 1.2: hier wordt niets overgenomen",
        WRITTEN_OUT,
    ),
    "version_date": Text("{key} {value} is not a date", "{key} {value} is geen datum", DATES),
    "key_no_text": Text("a key must be plain text", "een sleutel moet gewone tekst zijn", WRITTEN),
    "key_twice": Text(
        "key '{key}' is written twice (first on line {first})",
        "sleutel '{key}' staat er twee keer (eerst op regel {first})",
        WRITTEN,
    ),
    "no_articles": Text(
        "a law file needs a list of articles", "een wetsbestand heeft een lijst articles nodig", WRITTEN
    ),
    "no_id": Text("a law file needs an $id", "een wetsbestand heeft een $id nodig", WRITTEN),
    "article_no_mapping": Text("article {number} is not a mapping", "artikel {number} heeft geen sleutels", WRITTEN),
    "no_mapping": Text("{key} must be a mapping", "{key} moet sleutels met waarden hebben", WRITTEN),
    "no_list": Text("{key} must be a list of mappings", "{key} moet een lijst zijn van delen met sleutels", WRITTEN),
    "key_missing": Text("'{key}' is missing", "'{key}' ontbreekt", WRITTEN),
    "action_empty": Text(
        "action '{output}' has neither value nor operation",
        "actie '{output}' heeft geen value en geen operation",
        WRITTEN,
    ),
    "mapping_no_operation": Text(
        "a mapping here must be an operation", "hier kan alleen een operation met sleutels staan", WRITTEN
    ),
    "no_variable": Text(
        "'{text}' is not a variable: write $name or $name.part",
        "'{text}' is geen variabele: schrijf $naam of $naam.deel",
        WRITTEN,
    ),
    "unknown_operation": Text(
        "operation '{word}' does not exist; known are {known}",
        "operatie '{word}' bestaat niet; bekend zijn {known}",
        WRITTEN,
    ),
    "operand_missing": Text("{op} needs '{role}'", "{op} heeft '{role}' nodig", WRITTEN),
    "values_missing": Text("{op} needs 'values' or 'value'", "{op} heeft 'values' of 'value' nodig", WRITTEN),
    "operand_empty": Text("{op} needs at least one value", "{op} heeft minstens één waarde nodig", WRITTEN),
    "operand_no_list": Text("'{role}' of {op} must be a list", "'{role}' van {op} moet een lijst zijn", WRITTEN),
    "case_incomplete": Text("a case of IF needs '{role}'", "een geval van IF heeft '{role}' nodig", WRITTEN),
    "precision_wrong": Text(
        "{op} needs a whole 'precision' from -28 to 28, not {value}",
        "{op} heeft een heel getal van -28 tot en met 28 als 'precision' nodig, niet {value}",
        WRITTEN,
    ),
    "format_unknown": Text(
        "{key} {value} is not known; this is {known}", "{key} {value} is niet bekend; dit is {known}", WRITTEN
    ),
    "members_misplaced": Text(
        "members belong to an input of type array, as a mapping",
        "members horen bij een gegeven van type array, met sleutels",
        WRITTEN,
    ),
    "members_most": Text(
        "members need 'most', a whole number from 1 to {most}",
        "members hebben 'most' nodig, een heel getal van 1 tot en met {most}",
        WRITTEN,
    ),
    "members_no_fields": Text(
        "members need 'fields', a list of what is known of each",
        "members hebben 'fields' nodig, een lijst van wat van ieder bekend is",
        WRITTEN,
    ),
    "field_twice": Text("field '{name}' stands here twice", "veld '{name}' staat hier twee keer", WRITTEN),
    "field_no_name": Text(
        "a field needs a name of small letters, digits and _",
        "een veld heeft een naam nodig van kleine letters, cijfers en _",
        WRITTEN,
    ),
    "field_no_type": Text(
        "field '{name}' needs a type: {known}", "veld '{name}' heeft een type nodig: {known}", WRITTEN
    ),
    "field_no_output": Text(
        "field '{name}': 'source' needs 'output', of which law",
        "veld '{name}': 'source' heeft 'output' nodig, en van welke wet",
        WRITTEN,
    ),
    "field_no_parameters": Text(
        "field '{name}': 'source' needs 'parameters'", "veld '{name}': 'source' heeft 'parameters' nodig", WRITTEN
    ),
    "field_parameter_computed": Text(
        "field '{name}': a parameter is a $variable or a value",
        "veld '{name}': een parameter is een $variabele of een waarde",
        WRITTEN,
    ),
    "foreach_not_here": Text(
        "FOREACH is no operation of regelrecht v0.5.6; say '{key}: {known}' at the top of the file, or a later $schema "
        "with '{other}'",
        "FOREACH is geen operatie van regelrecht v0.5.6; zet '{key}: {known}' boven in het bestand, of een latere "
        "$schema met '{other}'",
        WRITTEN,
    ),
    "foreach_over_combine": Text(
        "'combine' of FOREACH is one of {known}, or is left out for a list",
        "'combine' van FOREACH is een van {known}, of staat er niet: dan een lijst",
        WRITTEN,
    ),
    "foreach_over_as": Text(
        "FOREACH needs 'as': what one member is called, in small letters",
        "FOREACH heeft 'as' nodig: hoe één lid heet, in kleine letters",
        WRITTEN,
    ),
    "foreach_over_body": Text(
        "FOREACH needs 'body': what is computed for each member",
        "FOREACH heeft 'body' nodig: wat voor elk lid wordt uitgerekend",
        WRITTEN,
    ),
    "foreach_combine": Text("FOREACH needs 'combine': {known}", "FOREACH heeft 'combine' nodig: {known}", WRITTEN),
    "foreach_item": Text(
        "FOREACH needs 'item': what one member is called, in small letters",
        "FOREACH heeft 'item' nodig: hoe één lid heet, in kleine letters",
        WRITTEN,
    ),
    "foreach_count_value": Text("FOREACH with COUNT has no 'value'", "FOREACH met COUNT heeft geen 'value'", WRITTEN),
    "foreach_no_value": Text("FOREACH needs 'value'", "FOREACH heeft 'value' nodig", WRITTEN),
    "foreach_subject": Text(
        "FOREACH needs 'subject': a variable that declares members",
        "FOREACH heeft 'subject' nodig: een variabele met members",
        WRITTEN,
    ),
    "foreach_inside": Text(
        "FOREACH inside FOREACH: give the inner one an output of its own",
        "een FOREACH binnen een FOREACH: geef de binnenste een eigen uitkomst",
        WRITTEN,
    ),
    "procedure_no_character": Text(
        "a procedure needs applies_to with a legal_character",
        "een procedure heeft applies_to met een legal_character nodig",
        WRITTEN,
    ),
    "procedure_no_stages": Text("a procedure needs stages", "een procedure heeft fasen (stages) nodig", WRITTEN),
    "requirement_type": Text(
        "a stage cannot require a '{type}'; it may be {known}",
        "een fase kan geen '{type}' eisen; wel mag {known}",
        WRITTEN,
    ),
    "required_twice": Text(
        "'{name}' is required by two stages of one procedure",
        "'{name}' wordt door twee fasen van één procedure geëist",
        WRITTEN,
    ),
    "stage_twice": Text("stage '{name}' stands here twice", "fase '{name}' staat hier twee keer", WRITTEN),
    "procedure_twice": Text("procedure '{name}' stands here twice", "procedure '{name}' staat hier twee keer", WRITTEN),
    "status_no_mapping": Text(
        "a status file is a mapping with text_status", "een statusbestand heeft de sleutel text_status", WRITTEN
    ),
    "status_no_amounts": Text(
        "amounts must be a mapping of definition to status", "amounts geeft per definitie een status", WRITTEN
    ),
    "status_unknown": Text(
        "'{key}' is {value}; it must be one of {known}", "'{key}' is {value}; het moet een zijn van {known}", WRITTEN
    ),
    "alias": Text(
        "an alias (*{anchor}) stands here",
        "hier staat een alias (*{anchor})",
        Remedy(
            "Write the value out: a draft with aliases is not tried.",
            "Schrijf de waarde uit: een ontwerp met aliassen wordt niet geprobeerd.",
        ),
    ),
    "too_many_parts": Text(
        "the draft has too many parts, more than {most}",
        "het ontwerp heeft te veel delen, meer dan {most}",
        Remedy("Try the articles in parts.", "Probeer de artikelen in delen."),
    ),
    "version_twice": Text(
        "$id '{law}' with valid_from {valid_from} is also in {file}",
        "$id '{law}' met valid_from {valid_from} staat ook in {file}",
        Remedy("Keep one of the two.", "Houd een van de twee."),
    ),
    "statute_no_articles": Text(
        "no articles in this statute text: a heading is '### Artikel 1' on a line of its own",
        "geen artikelen in deze wettekst: een kop is '### Artikel 1' op een eigen regel",
        WRITTEN,
    ),
    "statute_unnamed": Text(
        "no law here has this text: name it as text_file in its status file",
        "geen wet hier heeft deze tekst: noem hem als text_file in het statusbestand",
        STATUTE,
    ),
    "statute_not_there": Text("there is no such statute text", "deze wettekst is er niet", STATUTE),
    "two_laws": Text(
        "this is '{law}' and {file} is '{other}': give two versions of one law",
        "dit is '{law}' en {file} is '{other}': geef twee versies van één wet",
        VERSIONS,
    ),
    "a_folder": Text("give one law file, not a folder", "geef één wetsbestand, geen map", VERSIONS),
}

SCHEMA: dict[str, Text] = {
    "schema_no_mapping": Text(
        "a law file is a mapping with $id, regulatory_layer, url and articles",
        "een wetsbestand heeft de sleutels $id, regulatory_layer, url en articles",
        FORMAT,
    ),
    "schema_value": Text(
        "{where}: {found} is not a number, boolean, null, text, $variable or operation",
        "{where}: {found} is geen getal, boolean, null, tekst, $variabele of operatie",
        FORMAT,
    ),
    "schema_enum": Text("{where}: {found} is not one of {known}", "{where}: {found} is niet een van {known}", FORMAT),
    "schema_const": Text(
        "{where}: {known} was expected, not {found}", "{where}: hier hoort {known}, niet {found}", FORMAT
    ),
    "schema_required": Text("{where}: '{key}' is a required property", "{where}: de sleutel '{key}' ontbreekt", FORMAT),
    "schema_additional": Text(
        "{where}: Additional properties are not allowed ({keys} unexpected)",
        "{where}: {keys} hoort hier niet",
        FORMAT,
    ),
    "schema_type": Text("{where}: {found} is not of type {known}", "{where}: {found} is niet van type {known}", FORMAT),
    "schema_pattern": Text(
        "{where}: {found} does not match '{known}'", "{where}: {found} heeft niet de vorm '{known}'", FORMAT
    ),
    "schema_format": Text("{where}: {found} is not a '{known}'", "{where}: {found} is geen '{known}'", FORMAT),
    "schema_empty": Text("{where}: this may not be empty", "{where}: dit mag niet leeg zijn", FORMAT),
    "schema_low": Text(
        "{where}: {found} is less than the minimum of {known}",
        "{where}: {found} is minder dan {known}, het minste",
        FORMAT,
    ),
    "schema_high": Text(
        "{where}: {found} is greater than the maximum of {known}",
        "{where}: {found} is meer dan {known}, het meeste",
        FORMAT,
    ),
    "schema_other": Text(
        "{where}: {found} does not fit what the schema says under '{rule}'",
        "{where}: {found} past niet bij wat het schema zegt onder '{rule}'",
        FORMAT,
    ),
    "schema_later": Text(
        "this file names schema v{version}",
        "dit bestand noemt schema v{version}",
        Remedy(
            "This file names schema v{version}. Read are the words of v0.5.6 and those announced since that "
            "docs/how-to/run-law-files-of-others.md lists; leave the word out, or write the rule with those.",
            "Dit bestand noemt schema v{version}. Gelezen worden de woorden van v0.5.6 en de latere die in "
            "docs/how-to/run-law-files-of-others.md staan; laat het woord weg, of schrijf de regel met die woorden.",
        ),
    ),
    "whole_file": Text("the file", "het bestand"),
}
