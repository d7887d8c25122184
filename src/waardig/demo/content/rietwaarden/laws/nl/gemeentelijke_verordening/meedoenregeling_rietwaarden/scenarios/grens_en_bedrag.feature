Feature: Meedoenregeling Rietwaarden (fictief)
  De grens is 120 procent van de bijstandsnorm zonder vakantietoeslag. Een cent erboven: niets.

  Background:
    Given law "meedoenregeling_rietwaarden" is loaded
    And law "participatiewet" is loaded
    And law "algemene_ouderdomswet" is loaded
    And parameter "gemeente_code" is "GM9999"

  Scenario Outline: <leefvorm> met <kinderen> kinderen en <inkomen> cent
    Given the calculation date is "2025-04-28"
    And parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm | geboortedatum | geboortedatum_partner | inkomen_vorige_maand | aantal_kinderen | datum_laatste_bijdrage | maanden_bijstand | woont_in_gemeente | rechtmatig_verblijf |
      | 1 | <leefvorm> | 1980-05-05 | <partner> | <inkomen> | <kinderen> | <laatste> | <maanden> | true | true |
    When I evaluate outputs "inkomensgrens, inkomen_voldoet, heeft_recht_op_meedoenbijdrage, hoogte_meedoenbijdrage, mag_zonder_aanvraag" of "meedoenregeling_rietwaarden"
    Then output "inkomensgrens" equals <grens>
    And output "inkomen_voldoet" is <laag>
    And output "heeft_recht_op_meedoenbijdrage" is <recht>
    And output "hoogte_meedoenbijdrage" equals <bedrag>
    And output "mag_zonder_aanvraag" is <zonder>

    Examples:
      | leefvorm | partner | kinderen | inkomen | laatste | maanden | grens | laag | recht | bedrag | zonder |
      | ALLEENSTAAND | null | 0 | 153382 | null | 3 | 153382 | true | true | 15000 | true |
      | ALLEENSTAAND | null | 0 | 153383 | null | 3 | 153382 | false | false | 0 | true |
      | ALLEENSTAAND | null | 2 | 127818 | null | 3 | 153382 | true | true | 15000 | true |
      | ALLEENSTAANDE_OUDER | null | 2 | 127818 | null | 2 | 153382 | true | true | 55000 | false |
      | PAAR | 1981-01-01 | 0 | 219116 | null | 3 | 219116 | true | true | 30000 | true |
      | PAAR | 1981-01-01 | 0 | 219117 | null | 3 | 219116 | false | false | 0 | true |
      | PAAR | 1981-01-01 | 4 | 182597 | 2024-12-31 | 3 | 219116 | true | true | 110000 | true |
      | PAAR | 1981-01-01 | 4 | 182597 | 2025-01-01 | 3 | 219116 | true | false | 0 | true |
