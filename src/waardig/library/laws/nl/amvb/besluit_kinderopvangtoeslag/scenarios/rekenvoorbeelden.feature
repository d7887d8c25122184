Feature: Kinderopvangtoeslag: maximum uurprijs, en het hele bedrag per kind in 2015
  Per kind, en van 2015 ook voor alle kinderen samen. Van 2016, 2024 en 2025 is alleen de maximum uurprijs hier; van 2015 ook de tabel van bijlage I.

  Background:
    Given law "besluit_kinderopvangtoeslag" is loaded
    And law "awir" is loaded
    And parameter "persoon" is "1"

  Scenario Outline: <voorbeeld> <soort>, <prijs> cent per uur op <datum>
    Given the calculation date is "<datum>"
    And the following "toeslagen" data with key "persoon":
      | persoon | soort_opvang | prijs_per_uur |
      | 1       | <soort>      | <prijs>       |
    When I evaluate outputs "maximum_uurprijs, uurprijs_die_telt" of "besluit_kinderopvangtoeslag"
    Then output "maximum_uurprijs" equals <maximum>
    And output "uurprijs_die_telt" equals <telt>

    Examples:
      | voorbeeld | datum      | soort         | prijs | maximum | telt |
      | W089      | 2024-06-01 | DAGOPVANG     | 1100  | 1025    | 1025 |
      | W089      | 2024-06-01 | BUITENSCHOOLS | 902   | 912     | 902  |
      | 2024      | 2024-12-31 | GASTOUDER     | 754   | 753     | 753  |
      | 2025      | 2025-04-28 | DAGOPVANG     | 1071  | 1071    | 1071 |
      | 2025      | 2025-04-28 | BUITENSCHOOLS | 953   | 952     | 952  |
      | 2025      | 2025-04-28 | GASTOUDER     | 800   | 810     | 800  |
      | 2016      | 2016-06-01 | DAGOPVANG     | 700   | 689     | 689  |
      | 2016      | 2016-06-01 | BUITENSCHOOLS | 642   | 642     | 642  |
      | 2016      | 2016-06-01 | GASTOUDER     | 553   | 552     | 552  |

  Scenario Outline: 2015, <soort>, <uren> uren per maand, gewerkt <werk> uren, inkomen <inkomen> cent, eerste kind <eerste>
    Given the calculation date is "2015-06-01"
    And the following "toeslagen" data with key "persoon":
      | persoon | soort_opvang | prijs_per_uur | uren_opvang_per_maand | gewerkte_uren_per_jaar | volgt_basisonderwijs | gezamenlijk_toetsingsinkomen | is_eerste_kind |
      | 1       | <soort>      | <prijs>       | <uren>                | <werk>                 | <school>             | <inkomen>                    | <eerste>       |
    When I evaluate outputs "uren_die_tellen_per_jaar, percentage, hoogte_kinderopvangtoeslag_voor_dit_kind" of "besluit_kinderopvangtoeslag"
    Then output "uren_die_tellen_per_jaar" equals <tellen>
    And output "percentage" equals <percentage>
    And output "hoogte_kinderopvangtoeslag_voor_dit_kind" equals <bedrag>

    Examples:
      | soort         | prijs | uren | werk | school | inkomen  | eerste | tellen | percentage | bedrag  |
      | DAGOPVANG     | 684   | 100  | 1000 | false  | 1791800  | true   | 1200   | 0.907      | 744466  |
      | DAGOPVANG     | 700   | 100  | 1000 | false  | 1791900  | true   | 1200   | 0.891      | 731333  |
      | DAGOPVANG     | 650   | 100  | 1000 | false  | 1791900  | false  | 1200   | 0.933      | 727740  |
      | DAGOPVANG     | 684   | 250  | 2000 | false  | 5000000  | true   | 2760   | 0.685      | 1293170 |
      | DAGOPVANG     | 684   | 230  | 1000 | false  | 5000000  | false  | 1400   | 0.877      | 839815  |
      | BUITENSCHOOLS | 700   | 100  | 1000 | true   | 9404500  | true   | 700    | 0.27       | 120582  |
      | GASTOUDER     | 500   | 40   | 1000 | true   | 17488400 | true   | 480    | 0.18       | 43200   |
      | GASTOUDER     | 600   | 40   | 1000 | true   | 17488500 | false  | 480    | 0.582      | 153089  |

  Scenario: 2015, alle kinderen: het kind met de meeste uren is het eerste
    Given the calculation date is "2015-06-01"
    And the following "ouder" data with key "persoon":
      | persoon | gewerkte_uren_per_jaar | gezamenlijk_toetsingsinkomen |
      | 1       | 1000                   | 5000000                      |
    And the following "kinderen" data with key "persoon":
      | persoon | soort_opvang  | prijs_per_uur | uren_opvang_per_maand | volgt_basisonderwijs |
      | 1       | BUITENSCHOOLS | 700           | 60                    | true                 |
      | 1       | DAGOPVANG     | 684           | 100                   | false                |
    When I evaluate outputs "kinderopvangtoeslag_van_alle_kinderen, toegekende_kinderopvangtoeslag, mogelijke_eerste_kinderen" of "besluit_kinderopvangtoeslag"
    Then output "kinderopvangtoeslag_van_alle_kinderen" equals 953916.2
    And output "toegekende_kinderopvangtoeslag" equals 953900
    And output "mogelijke_eerste_kinderen" equals 1

  Scenario: 2015, alle kinderen: bij gelijke uren het kind met de hoogste kosten
    Given the calculation date is "2015-06-01"
    And the following "ouder" data with key "persoon":
      | persoon | gewerkte_uren_per_jaar | gezamenlijk_toetsingsinkomen |
      | 1       | 1000                   | 5000000                      |
    And the following "kinderen" data with key "persoon":
      | persoon | soort_opvang | prijs_per_uur | uren_opvang_per_maand | volgt_basisonderwijs |
      | 1       | DAGOPVANG    | 600           | 100                   | false                |
      | 1       | DAGOPVANG    | 700           | 100                   | false                |
    When I evaluate outputs "kinderopvangtoeslag_van_alle_kinderen, toegekende_kinderopvangtoeslag, mogelijke_eerste_kinderen" of "besluit_kinderopvangtoeslag"
    Then output "kinderopvangtoeslag_van_alle_kinderen" equals 1193688
    And output "toegekende_kinderopvangtoeslag" equals 1193700

  Scenario: 2015, alle kinderen: zijn ook de kosten gelijk, dan stelt de inspecteur het vast
    Given the calculation date is "2015-06-01"
    And the following "ouder" data with key "persoon":
      | persoon | gewerkte_uren_per_jaar | gezamenlijk_toetsingsinkomen |
      | 1       | 1000                   | 5000000                      |
    And the following "kinderen" data with key "persoon":
      | persoon | soort_opvang | prijs_per_uur | uren_opvang_per_maand | volgt_basisonderwijs |
      | 1       | DAGOPVANG    | 684           | 100                   | false                |
      | 1       | GASTOUDER    | 684           | 100                   | true                 |
    When I evaluate outputs "kinderopvangtoeslag_van_alle_kinderen, toegekende_kinderopvangtoeslag, mogelijke_eerste_kinderen" of "besluit_kinderopvangtoeslag"
    Then output "kinderopvangtoeslag_van_alle_kinderen" is unknown because of "kinderen.is_eerste_kind"
    And output "mogelijke_eerste_kinderen" equals 2

  Scenario: 2015, alle kinderen: wat de inspecteur vaststelde
    Given the calculation date is "2015-06-01"
    And the following "ouder" data with key "persoon":
      | persoon | gewerkte_uren_per_jaar | gezamenlijk_toetsingsinkomen |
      | 1       | 1000                   | 5000000                      |
    And the following "kinderen" data with key "persoon":
      | persoon | soort_opvang | prijs_per_uur | uren_opvang_per_maand | volgt_basisonderwijs | is_eerste_kind |
      | 1       | DAGOPVANG    | 684           | 100                   | false                | false          |
      | 1       | GASTOUDER    | 684           | 100                   | true                 | true           |
    When I evaluate outputs "kinderopvangtoeslag_van_alle_kinderen, toegekende_kinderopvangtoeslag, mogelijke_eerste_kinderen" of "besluit_kinderopvangtoeslag"
    Then output "kinderopvangtoeslag_van_alle_kinderen" equals 982607.6
    And output "toegekende_kinderopvangtoeslag" equals 982600

  Scenario: 2015, alle kinderen: niemand gaat naar de opvang
    Given the calculation date is "2015-06-01"
    And the following "ouder" data with key "persoon":
      | persoon | gewerkte_uren_per_jaar | gezamenlijk_toetsingsinkomen |
      | 1       | 1000                   | 5000000                      |
    And the following "kinderen" data with key "persoon":
      | persoon | soort_opvang | prijs_per_uur | uren_opvang_per_maand | volgt_basisonderwijs |
    When I evaluate outputs "kinderopvangtoeslag_van_alle_kinderen, toegekende_kinderopvangtoeslag, mogelijke_eerste_kinderen" of "besluit_kinderopvangtoeslag"
    Then output "toegekende_kinderopvangtoeslag" equals 0
