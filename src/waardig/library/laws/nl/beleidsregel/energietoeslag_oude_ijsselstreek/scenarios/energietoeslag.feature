Feature: Energietoeslag 2022 in Oude IJsselstreek (Achterhoek), artikel 35 Participatiewet
  800 euro tot en met 120 procent van de norm van januari 2022, zonder vakantietoeslag.

  Background:
    Given law "participatiewet" is loaded
    And law "energietoeslag_oude_ijsselstreek" is loaded
    And the calculation date is "2022-04-15"
    And parameter "gemeente_code" is "GM1509"
    And parameter "persoon" is "1"

  Scenario Outline: <wat>
    Given the following "gemeente" data with key "persoon":
      | persoon | woont_in_gemeente | geboortedatum | leefvorm | iemand_heeft_pensioenleeftijd | verblijft_in_inrichting | netto_maandinkomen |
      | 1       | true              | <geboren>     | <vorm>   | <aow>                         | false                   | <inkomen>          |
    When I evaluate "hoogte_energietoeslag" of "participatiewet"
    Then output "hoogte_energietoeslag" equals <bedrag>

    Examples:
      | wat                        | geboren    | vorm                | aow   | inkomen | bedrag |
      | W076 paar net op de grens  | 1980-05-05 | PAAR                | false | 177791  | 80000  |
      | paar precies op de grens   | 1980-05-05 | PAAR                | false | 177792  | 80000  |
      | paar een cent erboven      | 1980-05-05 | PAAR                | false | 177793  | 0      |
      | alleen op de grens         | 1980-05-05 | ALLEENSTAAND        | false | 124454  | 80000  |
      | alleen een cent erboven    | 1980-05-05 | ALLEENSTAANDE_OUDER | false | 124455  | 0      |
      | alleen met AOW             | 1950-05-05 | ALLEENSTAAND        | true  | 138289  | 80000  |
      | paar met AOW erboven       | 1950-05-05 | PAAR                | true  | 187250  | 0      |
      | vandaag 21 jaar            | 2001-04-15 | ALLEENSTAAND        | false | 100000  | 80000  |
      | morgen 21 jaar             | 2001-04-16 | ALLEENSTAAND        | false | 100000  | 0      |

  Scenario: voor wie in een inrichting woont is geen grens gepubliceerd, dan kijkt een medewerker
    Given the following "gemeente" data with key "persoon":
      | persoon | woont_in_gemeente | geboortedatum | leefvorm     | iemand_heeft_pensioenleeftijd | verblijft_in_inrichting | netto_maandinkomen |
      | 1       | true              | 1980-05-05    | ALLEENSTAAND | false                         | true                    | 50000              |
    When I evaluate outputs "hoogte_energietoeslag, heeft_recht_op_energietoeslag" of "participatiewet"
    Then output "hoogte_energietoeslag" is null
    And output "heeft_recht_op_energietoeslag" is null
