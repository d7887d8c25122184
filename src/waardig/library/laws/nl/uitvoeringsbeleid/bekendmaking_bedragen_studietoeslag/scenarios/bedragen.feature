Feature: Studietoeslag per maand, Participatiewet artikel 36b vanaf 1 april 2022
  Ten minste dit bedrag; een gemeente mag meer geven. Of iemand niet kan bijverdienen, beoordeelt een mens.

  Background:
    Given law "bekendmaking_bedragen_studietoeslag" is loaded
    And parameter "persoon" is "1"

  Scenario Outline: geboren op <geboren>, stagevergoeding <stage> cent, op <datum>
    Given the calculation date is "<datum>"
    And the following "gemeente" data with key "persoon":
      | persoon | geboortedatum | heeft_studiefinanciering_of_tegemoetkoming | kan_door_ziekte_of_gebrek_niet_bijverdienen | heeft_recht_op_wajong | heeft_inkomen_uit_werk | stagevergoeding_per_maand |
      | 1       | <geboren>     | true                                       | true                                        | false                 | false                  | <stage>                   |
    When I evaluate "hoogte_studietoeslag" of "bekendmaking_bedragen_studietoeslag"
    Then output "hoogte_studietoeslag" equals <bedrag>

    Examples:
      | datum | geboren | stage | bedrag |
      | 2022-04-01 | 2007-04-01 | 0 | 9000 |
      | 2022-04-01 | 2007-04-02 | 0 | 0 |
      | 2022-06-30 | 2001-06-30 | 0 | 30000 |
      | 2022-06-30 | 2001-07-01 | 0 | 24000 |
      | 2023-01-01 | 2006-06-01 | 0 | 11336 |
      | 2023-06-30 | 2000-01-01 | 0 | 32859 |
      | 2023-07-01 | 2005-07-01 | 0 | 16717 |
      | 2023-12-31 | 2004-01-01 | 0 | 20060 |
      | 2024-01-01 | 2006-06-01 | 0 | 13935 |
      | 2024-06-30 | 2003-01-01 | 0 | 35280 |
      | 2024-01-01 | 2000-01-01 | 21167 | 35280 |
      | 2024-01-01 | 2000-01-01 | 30000 | 26447 |
      | 2024-01-01 | 2006-06-01 | 40000 | 0 |
      | 2023-01-01 | 2000-01-01 | 19815 | 32759 |
      | 2022-04-01 | 2003-06-01 | 20000 | 13000 |

  Scenario Outline: zonder een van de voorwaarden geen recht: studie <studie>, gezondheid <gezondheid>, Wajong <wajong>, werk <werk>
    Given the calculation date is "2024-01-01"
    And the following "gemeente" data with key "persoon":
      | persoon | geboortedatum | heeft_studiefinanciering_of_tegemoetkoming | kan_door_ziekte_of_gebrek_niet_bijverdienen | heeft_recht_op_wajong | heeft_inkomen_uit_werk | stagevergoeding_per_maand |
      | 1       | 2000-01-01    | <studie>                                   | <gezondheid>                                | <wajong>              | <werk>                 | 0                         |
    When I evaluate outputs "heeft_recht_op_studietoeslag, hoogte_studietoeslag" of "bekendmaking_bedragen_studietoeslag"
    Then output "heeft_recht_op_studietoeslag" is false
    And output "hoogte_studietoeslag" equals 0

    Examples:
      | studie | gezondheid | wajong | werk  |
      | false  | true       | false  | false |
      | true   | false      | false  | false |
      | true   | true       | true   | false |
      | true   | true       | false  | true  |

  Scenario: wie nog niet is beoordeeld, krijgt geen nee
    Given the calculation date is "2024-01-01"
    And the following "gemeente" data with key "persoon":
      | persoon | geboortedatum | heeft_studiefinanciering_of_tegemoetkoming | heeft_recht_op_wajong | heeft_inkomen_uit_werk | stagevergoeding_per_maand |
      | 1       | 2000-01-01    | true                                       | false                 | false                  | 0                         |
    When I evaluate "hoogte_studietoeslag" of "bekendmaking_bedragen_studietoeslag"
    Then output "hoogte_studietoeslag" is unknown because of "kan_door_ziekte_of_gebrek_niet_bijverdienen"
