Feature: Hoogte van de AOW, artikel 7, 9, 9a, 13 en 29
  Bruto bedragen per maand. Voor elk heel jaar zonder verzekering gaat er 2 procent af, ook van de vakantie-uitkering.
  Netto bedragen (deel van W077 en W078) hangen af van de loonbelasting; die staat niet in deze bestanden.

  Background:
    Given law "algemene_ouderdomswet" is loaded
    And law "bekendmaking_bedragen_aow" is loaded
    And law "herleiding_kalenderjaren_aow" is loaded
    And parameter "persoon" is "1"

  Scenario Outline: <voorbeeld> ongehuwd <ongehuwd>, <jaren> jaar en <maanden> maanden niet verzekerd, op <datum>
    Given the calculation date is "<datum>"
    And the following "svb" data with key "persoon":
      | persoon | geboortedatum | is_minstens_een_jaar_verzekerd | is_ongehuwd | telt_als_inwoner | jaarpremies_schuldig_nalatig | niet_verzekerd_jaren | niet_verzekerd_maanden | niet_verzekerd_dagen |
      | 1       | 1950-01-01    | true                           | <ongehuwd>  | true             | 0                            | <jaren>              | <maanden>              | 0                    |
    When I evaluate outputs "hoogte_bruto_ouderdomspensioen, hoogte_bruto_vakantie_uitkering" of "algemene_ouderdomswet"
    Then output "hoogte_bruto_ouderdomspensioen" equals <bruto>
    And output "hoogte_bruto_vakantie_uitkering" equals <vakantie>

    Examples:
      | voorbeeld | datum      | ongehuwd | jaren | maanden | bruto  | vakantie |
      | W077      | 2026-01-01 | true     | 0     | 0       | 163757 | 10655    |
      | W078      | 2026-01-01 | false    | 0     | 0       | 112212 | 7610     |
      | W079      | 2026-01-01 | true     | 1     | 0       | 160482 | 10442    |
      | W079      | 2025-07-01 | false    | 10    | 11      | 88318  | 5737     |
      | W079      | 2025-07-01 | false    | 10    | 12      | 86110  | 5593     |
      | W091      | 2025-01-01 | true     | 0     | 0       | 158092 | 10246    |
      | 49 jaar   | 2025-06-30 | true     | 49    | 0       | 3162   | 205      |

  Scenario Outline: bruto per maand zonder bekende vakantie-uitkering, ongehuwd <ongehuwd>, op <datum>
    Given the calculation date is "<datum>"
    And the following "svb" data with key "persoon":
      | persoon | geboortedatum | is_minstens_een_jaar_verzekerd | is_ongehuwd | telt_als_inwoner | jaarpremies_schuldig_nalatig | niet_verzekerd_jaren | niet_verzekerd_maanden | niet_verzekerd_dagen |
      | 1       | 1950-01-01    | true                           | <ongehuwd>  | <inwoner>        | <nalatig>                    | <jaren>              | 0                      | 0                    |
    When I evaluate "hoogte_bruto_ouderdomspensioen" of "algemene_ouderdomswet"
    Then output "hoogte_bruto_ouderdomspensioen" equals <bruto>

    Examples:
      | datum      | ongehuwd | inwoner | nalatig | jaren | bruto  |
      | 2024-01-01 | true     | true    | 0       | 0     | 154153 |
      | 2024-07-01 | false    | true    | 0       | 0     | 106747 |
      | 2024-07-01 | true     | true    | 0       | 5     | 141278 |
      | 2024-07-01 | true     | true    | 2       | 3     | 141278 |
      | 2024-07-01 | true     | false   | 0       | 0     | 106747 |

  Scenario Outline: geen recht, geen bedrag: geboren op <geboren>, minstens een jaar verzekerd <verzekerd>
    Given the calculation date is "2025-04-28"
    And the following "svb" data with key "persoon":
      | persoon | geboortedatum | is_minstens_een_jaar_verzekerd | is_ongehuwd | telt_als_inwoner | jaarpremies_schuldig_nalatig | niet_verzekerd_jaren | niet_verzekerd_maanden | niet_verzekerd_dagen |
      | 1       | <geboren>     | <verzekerd>                    | true        | true             | 0                            | 0                    | 0                      | 0                    |
    When I evaluate outputs "heeft_recht_op_ouderdomspensioen, hoogte_bruto_ouderdomspensioen" of "algemene_ouderdomswet"
    Then output "heeft_recht_op_ouderdomspensioen" is <recht>
    And output "hoogte_bruto_ouderdomspensioen" equals <bruto>

    Examples:
      | geboren    | verzekerd | recht | bruto  |
      | 1958-04-28 | true      | true  | 158092 |
      | 1958-04-29 | true      | false | 0      |
      | 1950-01-01 | false     | false | 0      |
