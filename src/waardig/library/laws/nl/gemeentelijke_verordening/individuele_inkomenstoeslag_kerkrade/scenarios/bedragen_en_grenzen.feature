Feature: Individuele inkomenstoeslag Kerkrade
  Kerkrade publiceert geen tabel: de grens is 100 procent van de norm van de periode. Op 105 procent: niets.

  Background:
    Given law "participatiewet" is loaded
    And law "individuele_inkomenstoeslag_kerkrade" is loaded
    And law "beleidsregel_uitzicht_kerkrade" is loaded
    And parameter "gemeente_code" is "GM0928"

  Scenario Outline: <leefvorm> met <inkomen> cent op <datum>
    Given the calculation date is "<datum>"
    And parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm | geboortedatum | geboortedatum_partner | hoogste_maandinkomen | vermogen | datum_laatste_toekenning | maanden_bijstand | woont_in_gemeente | rechtmatig_verblijf | uitgesloten |
      | 1 | <leefvorm> | 1980-05-05 | <partner> | <inkomen> | 100000 | null | 36 | true | true | false |
    When I evaluate outputs "inkomensgrens, inkomen_voldoet, referteperiode_maanden, hoogte_individuele_inkomenstoeslag" of "participatiewet"
    Then output "inkomensgrens" equals <grens>
    And output "inkomen_voldoet" is <voldoet>
    And output "referteperiode_maanden" equals 36
    And output "hoogte_individuele_inkomenstoeslag" equals <bedrag>

    Examples:
      | datum | leefvorm | partner | inkomen | grens | voldoet | bedrag |
      | 2024-03-01 | ALLEENSTAAND | null | 121964 | 121964 | true | 44500 |
      | 2024-03-01 | ALLEENSTAAND | null | 121965 | 121964 | false | 0 |
      | 2024-03-01 | ALLEENSTAANDE_OUDER | null | 121964 | 121964 | true | 51300 |
      | 2024-03-01 | ALLEENSTAANDE_OUDER | null | 121965 | 121964 | false | 0 |
      | 2024-03-01 | PAAR | 1981-01-01 | 174234 | 174234 | true | 62700 |
      | 2024-03-01 | PAAR | 1981-01-01 | 174235 | 174234 | false | 0 |
      | 2024-09-01 | ALLEENSTAAND | null | 124303 | 124303 | true | 44500 |
      | 2024-09-01 | ALLEENSTAAND | null | 124304 | 124303 | false | 0 |
      | 2024-09-01 | ALLEENSTAANDE_OUDER | null | 124303 | 124303 | true | 51300 |
      | 2024-09-01 | ALLEENSTAANDE_OUDER | null | 124304 | 124303 | false | 0 |
      | 2024-09-01 | PAAR | 1981-01-01 | 177575 | 177575 | true | 62700 |
      | 2024-09-01 | PAAR | 1981-01-01 | 177576 | 177575 | false | 0 |
      | 2024-03-01 | ALLEENSTAAND | null | 128062 | 121964 | false | 0 |
      | 2024-09-01 | PAAR | 1981-01-01 | 186454 | 177575 | false | 0 |
