Feature: Hoogte van de zorgtoeslag, artikel 2 Wet op de zorgtoeslag
  Volgens de wet: het percentage boven het drempelinkomen telt alleen inkomen voor zover dat boven het drempelinkomen uitgaat.
  Daarna rondt artikel 14 AWIR af op hele euro's; minder dan 24 euro wordt niet toegekend.

  Background:
    Given law "wet_op_de_zorgtoeslag" is loaded
    And law "regeling_standaardpremie" is loaded
    And law "besluit_percentages_zorgtoeslag" is loaded
    And law "awir" is loaded
    And parameter "persoon" is "1"

  Scenario Outline: zonder partner, inkomen <inkomen> cent in het jaar van <datum>
    Given the calculation date is "<datum>"
    And the following "toeslagen" data with key "persoon":
      | persoon | geboortedatum | is_verzekerd | heeft_toeslagpartner | toetsingsinkomen | vermogen |
      | 1       | 1980-01-01    | true         | false                | <inkomen>        | 0        |
    When I evaluate outputs "hoogte_zorgtoeslag, toegekende_zorgtoeslag" of "wet_op_de_zorgtoeslag"
    Then output "hoogte_zorgtoeslag" equals <berekend>
    And output "toegekende_zorgtoeslag" equals <toegekend>

    Examples:
      | datum      | inkomen | berekend | toegekend |
      | 2025-06-01 | 0       | 157342   | 157300    |
      | 2025-06-01 | 2000000 | 157342   | 157300    |
      | 2025-06-01 | 2840600 | 157342   | 157300    |
      | 2025-06-01 | 3000000 | 135504   | 135500    |
      | 2025-06-01 | 3971500 | 2409     | 2400      |
      | 2025-06-01 | 3971900 | 2354     | 2400      |
      | 2025-06-01 | 3972000 | 2340     | 0         |
      | 2025-06-01 | 4000000 | 0        | 0         |
      | 2024-06-01 | 2681900 | 148307   | 148300    |
      | 2024-06-01 | 3749600 | 2353     | 2400      |
      | 2024-06-01 | 3749700 | 2339     | 0         |

  Scenario Outline: met partner, samen <eigen> en <partner> cent in het jaar van <datum>
    Given the calculation date is "<datum>"
    And the following "toeslagen" data with key "persoon":
      | persoon | geboortedatum | is_verzekerd | heeft_toeslagpartner | partner_is_verzekerd | toetsingsinkomen | toetsingsinkomen_partner | vermogen | vermogen_partner |
      | 1       | 1980-01-01    | true         | true                 | true                 | <eigen>          | <partner>                | 0        | 0                |
    When I evaluate outputs "hoogte_zorgtoeslag, toegekende_zorgtoeslag" of "wet_op_de_zorgtoeslag"
    Then output "hoogte_zorgtoeslag" equals <berekend>
    And output "toegekende_zorgtoeslag" equals <toegekend>

    Examples:
      | datum      | eigen   | partner | berekend | toegekend |
      | 2025-06-01 | 0       | 0       | 301021   | 301000    |
      | 2025-06-01 | 2000000 | 840600  | 301021   | 301000    |
      | 2025-06-01 | 3020600 | 2000000 | 2361     | 2400      |
      | 2025-06-01 | 3020700 | 2000000 | 2347     | 0         |
      | 2025-06-01 | 3500000 | 2000000 | 0        | 0         |
      | 2024-06-01 | 4736800 | 0       | 2354     | 2400      |
      | 2024-06-01 | 4736900 | 0       | 2340     | 0         |

  Scenario Outline: een partner zonder zorgverzekering (artikel 2, vierde en vijfde lid)
    Given the calculation date is "2025-06-01"
    And the following "toeslagen" data with key "persoon":
      | persoon | geboortedatum | is_verzekerd | heeft_toeslagpartner | partner_is_verzekerd | partner_is_verzekeringsplichtig | toetsingsinkomen | toetsingsinkomen_partner | vermogen | vermogen_partner |
      | 1       | 1980-01-01    | true         | true                 | false                | <plicht>                        | 2000000          | 0                        | 0        | 0                |
    When I evaluate outputs "hoogte_zorgtoeslag, heeft_recht_op_zorgtoeslag" of "wet_op_de_zorgtoeslag"
    Then output "hoogte_zorgtoeslag" equals <berekend>
    And output "heeft_recht_op_zorgtoeslag" is <recht>

    Examples:
      | plicht | berekend | recht |
      | false  | 150511   | true  |
      | true   | 0        | false |

  Scenario Outline: vermogen boven de grens geeft niets: <vermogen> en <van_partner> cent op <datum>
    Given the calculation date is "<datum>"
    And the following "toeslagen" data with key "persoon":
      | persoon | geboortedatum | is_verzekerd | heeft_toeslagpartner | partner_is_verzekerd | toetsingsinkomen | toetsingsinkomen_partner | vermogen   | vermogen_partner |
      | 1       | 1980-01-01    | true         | <partner>            | true                 | 2000000          | 0                        | <vermogen> | <van_partner>    |
    When I evaluate outputs "heeft_te_veel_vermogen, heeft_recht_op_zorgtoeslag" of "wet_op_de_zorgtoeslag"
    Then output "heeft_te_veel_vermogen" is <teveel>
    And output "heeft_recht_op_zorgtoeslag" is <recht>

    Examples:
      | datum      | partner | vermogen | van_partner | teveel | recht |
      | 2025-06-01 | false   | 14189600 | null        | false  | true  |
      | 2025-06-01 | false   | 14189601 | null        | true   | false |
      | 2025-06-01 | true    | 10000000 | 7942900     | false  | true  |
      | 2025-06-01 | true    | 10000000 | 7942901     | true   | false |
      | 2024-06-01 | false   | 14021301 | null        | true   | false |
      | 2024-06-01 | true    | 17730100 | 0           | false  | true  |

  Scenario Outline: vanaf de eerste van de maand na de 18e verjaardag (artikel 1): geboren <geboren>
    Given the calculation date is "<datum>"
    And the following "toeslagen" data with key "persoon":
      | persoon | geboortedatum | is_verzekerd |
      | 1       | <geboren>     | <verzekerd>  |
    When I evaluate "is_verzekerde" of "wet_op_de_zorgtoeslag"
    Then output "is_verzekerde" is <telt>

    Examples:
      | datum      | geboren    | verzekerd | telt  |
      | 2025-06-30 | 2007-06-01 | true      | false |
      | 2025-07-01 | 2007-06-30 | true      | true  |
      | 2025-07-01 | 2007-06-30 | false     | false |
      | 2025-07-31 | 2007-07-01 | true      | false |

  Scenario: het inkomen is niet bekend, dan is het bedrag onbekend en niet nul
    Given the calculation date is "2025-06-01"
    And the following "toeslagen" data with key "persoon":
      | persoon | geboortedatum | is_verzekerd | heeft_toeslagpartner | vermogen |
      | 1       | 1980-01-01    | true         | false                | 0        |
    When I evaluate "toegekende_zorgtoeslag" of "wet_op_de_zorgtoeslag"
    Then output "toegekende_zorgtoeslag" is unknown because of "toetsingsinkomen"
