Feature: Energietoeslag 2023 in Nunspeet, artikel 35 Participatiewet
  Tot en met 120 procent van de norm het hele bedrag, tot en met 130 procent de helft. De gedrukte tabel telt.

  Background:
    Given law "participatiewet" is loaded
    And law "energietoeslag_nunspeet" is loaded
    And the calculation date is "2023-09-01"
    And parameter "gemeente_code" is "GM0302"
    And parameter "persoon" is "1"

  Scenario Outline: <wat>
    Given the following "gemeente" data with key "persoon":
      | persoon | woont_in_gemeente | leefvorm | iemand_heeft_pensioenleeftijd | verblijft_in_inrichting | netto_maandinkomen | energietoeslag_2022_ontvangen |
      | 1       | <woont>           | <vorm>   | <aow>                         | <inrichting>            | <inkomen>          | <in_2022>                     |
    When I evaluate outputs "hoogte_energietoeslag, heeft_recht_op_energietoeslag" of "participatiewet"
    Then output "hoogte_energietoeslag" equals <bedrag>
    And output "heeft_recht_op_energietoeslag" is <recht>

    Examples:
      | wat                                  | woont | vorm                | aow   | inrichting | inkomen | in_2022 | bedrag | recht |
      | W074 alleen op 120 procent           | true  | ALLEENSTAAND        | false | false      | 146357  | true    | 80000  | true  |
      | alleen een cent boven 120 procent    | true  | ALLEENSTAAND        | false | false      | 146358  | true    | 40000  | true  |
      | W075 alleen tussen 120 en 130        | true  | ALLEENSTAAND        | false | false      | 150000  | true    | 40000  | true  |
      | alleen op 130 procent                | true  | ALLEENSTAAND        | false | false      | 158554  | true    | 40000  | true  |
      | alleen een cent boven 130 procent    | true  | ALLEENSTAAND        | false | false      | 158555  | true    | 0      | false |
      | alleen, in 2022 niets gekregen       | true  | ALLEENSTAAND        | false | false      | 146357  | false   | 130000 | true  |
      | tussen 120 en 130, in 2022 niets     | true  | ALLEENSTAAND        | false | false      | 150000  | false   | 40000  | true  |
      | alleen met kinderen                  | true  | ALLEENSTAANDE_OUDER | false | false      | 146357  | true    | 80000  | true  |
      | paar op 120 procent                  | true  | PAAR                | false | false      | 209081  | true    | 80000  | true  |
      | paar op 130 procent                  | true  | PAAR                | false | false      | 226505  | true    | 40000  | true  |
      | paar boven 130 procent               | true  | PAAR                | false | false      | 226506  | true    | 0      | false |
      | alleen met AOW                       | true  | ALLEENSTAAND        | true  | false      | 162537  | true    | 80000  | true  |
      | paar met AOW tussen 120 en 130       | true  | PAAR                | true  | false      | 220285  | true    | 40000  | true  |
      | alleen in een inrichting             | true  | ALLEENSTAAND        | false | true       | 51130   | true    | 80000  | true  |
      | paar in een inrichting boven 130     | true  | PAAR                | true  | true       | 89823   | true    | 0      | false |
      | woont ergens anders                  | false | ALLEENSTAAND        | false | false      | 100000  | true    | 0      | false |

  Scenario: het inkomen is niet bekend, dan is het bedrag onbekend en niet nul
    Given the following "gemeente" data with key "persoon":
      | persoon | woont_in_gemeente | leefvorm     | iemand_heeft_pensioenleeftijd | verblijft_in_inrichting | energietoeslag_2022_ontvangen |
      | 1       | true              | ALLEENSTAAND | false                         | false                   | true                          |
    When I evaluate "hoogte_energietoeslag" of "participatiewet"
    Then output "hoogte_energietoeslag" is unknown because of "netto_maandinkomen"
