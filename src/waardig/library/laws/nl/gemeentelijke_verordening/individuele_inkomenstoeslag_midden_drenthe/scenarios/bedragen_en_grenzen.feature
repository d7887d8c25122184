Feature: Individuele inkomenstoeslag Midden-Drenthe
  De gedrukte inkomensgrens en het bedrag per leefvorm. Een cent boven de grens: niets.

  Background:
    Given law "participatiewet" is loaded
    And law "individuele_inkomenstoeslag_midden_drenthe" is loaded
    And law "beleidsregel_uitzicht_midden_drenthe" is loaded
    And parameter "gemeente_code" is "GM1731"

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
      | 2024-06-01 | ALLEENSTAAND | null | 134160 | 134160 | true | 49806 |
      | 2024-06-01 | ALLEENSTAAND | null | 134161 | 134160 | false | 0 |
      | 2024-06-01 | ALLEENSTAANDE_OUDER | null | 143744 | 143744 | true | 63819 |
      | 2024-06-01 | ALLEENSTAANDE_OUDER | null | 143745 | 143744 | false | 0 |
      | 2024-06-01 | PAAR | 1981-01-01 | 191657 | 191657 | true | 71173 |
      | 2024-06-01 | PAAR | 1981-01-01 | 191658 | 191657 | false | 0 |

  Scenario: in 2026 is er nog geen tabel, dan wordt er niets berekend
    Given the calculation date is "2026-01-01"
    And parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm | geboortedatum | geboortedatum_partner | hoogste_maandinkomen | vermogen | datum_laatste_toekenning | maanden_bijstand | woont_in_gemeente | rechtmatig_verblijf | uitgesloten |
      | 1 | ALLEENSTAAND | 1980-05-05 | null | 100000 | 100000 | null | 36 | true | true | false |
    When I evaluate "hoogte_individuele_inkomenstoeslag" of "participatiewet"
    Then the execution fails
