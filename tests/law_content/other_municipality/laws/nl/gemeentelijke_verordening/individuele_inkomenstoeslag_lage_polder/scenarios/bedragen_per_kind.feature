Feature: Inkomenstoeslag Lage Polder (fictief)
  Een heel andere verordening: 24 maanden, 120 procent, gemiddeld inkomen, bedragen per leeftijd van het jongste kind.

  Background:
    Given law "participatiewet" is loaded
    And law "individuele_inkomenstoeslag_lage_polder" is loaded
    And law "beleidsregel_uitzicht_lage_polder" is loaded
    And the calculation date is "2025-06-01"
    And parameter "gemeente_code" is "GM9998"

  Scenario Outline: <kinderen> kinderen, jongste <jongste>, gemiddeld <inkomen> cent
    Given parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm | geboortedatum | geboortedatum_partner | vermogen | datum_laatste_toekenning | maanden_bijstand | woont_in_gemeente | rechtmatig_verblijf | uitgesloten | gemiddeld_maandinkomen | aantal_kinderen | leeftijd_jongste_kind |
      | 1 | <leefvorm> | 1980-05-05 | <partner> | 100000 | null | 24 | true | true | false | <inkomen> | <kinderen> | <jongste> |
    When I evaluate outputs "referteperiode_maanden, inkomensgrens, hoogte_individuele_inkomenstoeslag" of "participatiewet"
    Then output "referteperiode_maanden" equals 24
    And output "inkomensgrens" equals <grens>
    And output "hoogte_individuele_inkomenstoeslag" equals <bedrag>

    Examples:
      | leefvorm            | partner    | kinderen | jongste | inkomen | grens  | bedrag |
      | ALLEENSTAAND        | null       | 0        | null    | 153382  | 153382 | 40000  |
      | ALLEENSTAAND        | null       | 0        | null    | 153383  | 153382 | 0      |
      | ALLEENSTAANDE_OUDER | null       | 1        | 11      | 100000  | 153382 | 60000  |
      | ALLEENSTAANDE_OUDER | null       | 2        | 12      | 100000  | 153382 | 75000  |
      | PAAR                | 1981-01-01 | 4        | 3       | 219116  | 219116 | 70000  |
