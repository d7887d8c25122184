Feature: Individuele inkomenstoeslag Rietwaarden (fictief)
  De gedrukte inkomensgrens en het bedrag per leefvorm. Een cent boven de grens: niets.

  Background:
    Given law "participatiewet" is loaded
    And law "individuele_inkomenstoeslag_rietwaarden" is loaded
    And law "beleidsregel_uitzicht_rietwaarden" is loaded
    And parameter "gemeente_code" is "GM9999"

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
      | 2025-06-01 | ALLEENSTAAND | null | 140600 | 140600 | true | 52197 |
      | 2025-06-01 | ALLEENSTAAND | null | 140601 | 140600 | false | 0 |
      | 2025-06-01 | ALLEENSTAANDE_OUDER | null | 150643 | 150643 | true | 66882 |
      | 2025-06-01 | ALLEENSTAANDE_OUDER | null | 150644 | 150643 | false | 0 |
      | 2025-06-01 | PAAR | 1981-01-01 | 200857 | 200857 | true | 74589 |
      | 2025-06-01 | PAAR | 1981-01-01 | 200858 | 200857 | false | 0 |
      | 2025-12-31 | ALLEENSTAAND | null | 140600 | 140600 | true | 52197 |
      | 2025-12-31 | ALLEENSTAAND | null | 140601 | 140600 | false | 0 |
      | 2025-12-31 | ALLEENSTAANDE_OUDER | null | 150643 | 150643 | true | 66882 |
      | 2025-12-31 | ALLEENSTAANDE_OUDER | null | 150644 | 150643 | false | 0 |
      | 2025-12-31 | PAAR | 1981-01-01 | 200857 | 200857 | true | 74589 |
      | 2025-12-31 | PAAR | 1981-01-01 | 200858 | 200857 | false | 0 |
