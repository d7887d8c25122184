Feature: Kindgebonden budget 2015, 2024 en 2025
  Bedragen per kind, verhogingen, vermindering boven het drempelinkomen en de vermogensgrens. De regel is voor elk jaar gelijk.
  W086 en W087 zijn voorbeelden van een ander project; hier staat wat de wet zegt (docs/explanation/worked-examples.md).

  Background:
    Given law "wet_op_het_kindgebonden_budget" is loaded
    And law "awir" is loaded
    And parameter "persoon" is "1"

  Scenario Outline: <voorbeeld> zonder partner, kinderen <tot12>, <tot16>, <tot18>, inkomen <inkomen> cent op <datum>
    Given the calculation date is "<datum>"
    And the following "toeslagen" data with key "persoon":
      | persoon | heeft_toeslagpartner | aantal_kinderen_tot_12 | aantal_kinderen_12_tot_16 | aantal_kinderen_16_en_17 | toetsingsinkomen | vermogen |
      | 1       | false                | <tot12>                | <tot16>                   | <tot18>                  | <inkomen>        | 0        |
    When I evaluate outputs "hoogte_kindgebonden_budget, toegekend_kindgebonden_budget" of "wet_op_het_kindgebonden_budget"
    Then output "hoogte_kindgebonden_budget" equals <berekend>
    And output "toegekend_kindgebonden_budget" equals <toegekend>

    Examples:
      | voorbeeld | datum      | tot12 | tot16 | tot18 | inkomen  | berekend | toegekend |
      | W049      | 2025-06-01 | 1     | 0     | 0     | 2500000  | 590000   | 590000    |
      | W086      | 2025-06-01 | 1     | 0     | 0     | 2500000  | 590000   | 590000    |
      | grens     | 2025-06-01 | 1     | 0     | 0     | 2840600  | 590000   | 590000    |
      | boven     | 2025-06-01 | 1     | 0     | 0     | 2840700  | 589993   | 590000    |
      | afbouw    | 2025-06-01 | 1     | 1     | 1     | 4000000  | 1173783  | 1173800   |
      | hoog      | 2025-06-01 | 1     | 0     | 0     | 11116500 | 2411     | 2400      |
      | niets     | 2025-06-01 | 1     | 0     | 0     | 11120000 | 2163     | 0         |
      | geen kind | 2025-06-01 | 0     | 0     | 0     | 2500000  | 0        | 0         |
      | 2024      | 2024-06-01 | 2     | 0     | 0     | 2000000  | 835200   | 835200    |
      | 2024      | 2024-06-01 | 0     | 1     | 1     | 3681900  | 929500   | 929500    |
      | 2015      | 2015-06-01 | 1     | 0     | 0     | 1946300  | 408200   | 408200    |
      | 2015      | 2015-06-01 | 2     | 0     | 0     | 0        | 487300   | 487300    |
      | 2015      | 2015-06-01 | 1     | 1     | 1     | 1946300  | 569900   | 569900    |
      | 2015      | 2015-06-01 | 5     | 0     | 0     | 2946300  | 459300   | 459300    |

  Scenario Outline: <voorbeeld> met partner, kinderen <tot12>, <tot16>, <tot18>, samen <eigen> en <partner> cent op <datum>
    Given the calculation date is "<datum>"
    And the following "toeslagen" data with key "persoon":
      | persoon | heeft_toeslagpartner | aantal_kinderen_tot_12 | aantal_kinderen_12_tot_16 | aantal_kinderen_16_en_17 | toetsingsinkomen | toetsingsinkomen_partner | vermogen | vermogen_partner |
      | 1       | true                 | <tot12>                | <tot16>                   | <tot18>                  | <eigen>          | <partner>                | 0        | 0                |
    When I evaluate outputs "hoogte_kindgebonden_budget, toegekend_kindgebonden_budget" of "wet_op_het_kindgebonden_budget"
    Then output "hoogte_kindgebonden_budget" equals <berekend>
    And output "toegekend_kindgebonden_budget" equals <toegekend>

    Examples:
      | voorbeeld | datum      | tot12 | tot16 | tot18 | eigen   | partner | berekend | toegekend |
      | W087      | 2025-06-01 | 2     | 0     | 0     | 6500000 | 0       | 307270   | 307300    |
      | W087      | 2025-06-01 | 2     | 0     | 0     | 3500000 | 3000000 | 307270   | 307300    |
      | grens     | 2025-06-01 | 2     | 0     | 0     | 3754500 | 0       | 502200   | 502200    |
      | 2024      | 2024-06-01 | 2     | 0     | 0     | 3584900 | 0       | 487200   | 487200    |
      | 2024      | 2024-06-01 | 3     | 1     | 0     | 4000000 | 584900  | 976300   | 976300    |
      | 2015      | 2015-06-01 | 3     | 0     | 0     | 2000000 | 946300  | 133100   | 133100    |
      | 2015      | 2015-06-01 | 1     | 0     | 0     | 3446300 | 0       | 1950     | 0         |

  Scenario Outline: vermogen boven de grens geeft niets: <vermogen> en <van_partner> cent op <datum>
    Given the calculation date is "<datum>"
    And the following "toeslagen" data with key "persoon":
      | persoon | heeft_toeslagpartner | aantal_kinderen_tot_12 | aantal_kinderen_12_tot_16 | aantal_kinderen_16_en_17 | toetsingsinkomen | toetsingsinkomen_partner | vermogen   | vermogen_partner |
      | 1       | <partner>            | 1                      | 0                         | 0                        | 1000000          | 0                        | <vermogen> | <van_partner>    |
    When I evaluate outputs "heeft_te_veel_vermogen, heeft_recht_op_kindgebonden_budget" of "wet_op_het_kindgebonden_budget"
    Then output "heeft_te_veel_vermogen" is <teveel>
    And output "heeft_recht_op_kindgebonden_budget" is <recht>

    Examples:
      | datum      | partner | vermogen | van_partner | teveel | recht |
      | 2025-06-01 | false   | 14189600 | null        | false  | true  |
      | 2025-06-01 | false   | 14189700 | null        | true   | false |
      | 2025-06-01 | true    | 10000000 | 7942900     | false  | true  |
      | 2025-06-01 | true    | 10000000 | 7943000     | true   | false |
      | 2024-06-01 | false   | 14021400 | null        | true   | false |
      | 2024-06-01 | true    | 17730100 | 0           | false  | true  |
      | 2015-06-01 | false   | 10342300 | null        | false  | true  |
      | 2015-06-01 | true    | 12475400 | 0           | true   | false |

  Scenario: het aantal kinderen is niet bekend, dan is het bedrag onbekend en niet nul
    Given the calculation date is "2025-06-01"
    And the following "toeslagen" data with key "persoon":
      | persoon | heeft_toeslagpartner | aantal_kinderen_tot_12 | aantal_kinderen_12_tot_16 | toetsingsinkomen | vermogen |
      | 1       | false                | 1                      | 0                         | 2000000          | 0        |
    When I evaluate "toegekend_kindgebonden_budget" of "wet_op_het_kindgebonden_budget"
    Then output "toegekend_kindgebonden_budget" is unknown because of "kinderen"

  Scenario Outline: kinderen met hun geboortedatum, op <datum>: <waarom>
    Given the calculation date is "<datum>"
    And the following "toeslagen" data with key "persoon":
      | persoon | heeft_toeslagpartner | toetsingsinkomen | vermogen |
      | 1       | false                | 4000000          | 0        |
    And the following "kinderen" data with key "persoon":
      | persoon | geboortedatum | kinderbijslag |
      | 1       | 2020-04-11    | true          |
      | 1       | 2013-06-30    | true          |
      | 1       | 2009-06-01    | true          |
      | 1       | 2004-02-29    | true          |
      | 1       | 2015-01-01    | false         |
      | 2       | 2020-01-01    | true          |
    When I evaluate outputs "aantal_kinderen, kinderen_tot_12, kinderen_12_tot_16, kinderen_16_en_17, hoogte_kindgebonden_budget" of "wet_op_het_kindgebonden_budget"
    Then output "kinderen_tot_12" equals <tot12>
    And output "kinderen_12_tot_16" equals <tot16>
    And output "kinderen_16_en_17" equals <tot18>
    And output "aantal_kinderen" equals 3
    And output "hoogte_kindgebonden_budget" equals <bedrag>

    Examples:
      | datum      | tot12 | tot16 | tot18 | bedrag  | waarom                                                |
      | 2025-06-01 | 2     | 1     | 0     | 1080183 | in de maand van de 12e verjaardag telt het kind nog als jonger |
      | 2025-07-01 | 1     | 1     | 1     | 1173783 | vanaf de maand na de 12e en 16e verjaardag            |

  Scenario: van één kind is de geboortedatum niet bekend, dan is het bedrag onbekend
    Given the calculation date is "2025-06-01"
    And the following "toeslagen" data with key "persoon":
      | persoon | heeft_toeslagpartner | toetsingsinkomen | vermogen |
      | 1       | false                | 2000000          | 0        |
    And the following "kinderen" data with key "persoon":
      | persoon | kinderbijslag |
      | 1       | true          |
    When I evaluate "toegekend_kindgebonden_budget" of "wet_op_het_kindgebonden_budget"
    Then output "toegekend_kindgebonden_budget" is unknown because of "kinderen.geboortedatum"

  Scenario: zonder kinderen is er geen recht
    Given the calculation date is "2025-06-01"
    And the following "toeslagen" data with key "persoon":
      | persoon | kinderen | heeft_toeslagpartner | toetsingsinkomen | vermogen |
      | 1       | null     | false                | 2000000          | 0        |
    When I evaluate outputs "aantal_kinderen, toegekend_kindgebonden_budget, heeft_recht_op_kindgebonden_budget" of "wet_op_het_kindgebonden_budget"
    Then output "aantal_kinderen" equals 0
    And output "toegekend_kindgebonden_budget" equals 0
    And output "heeft_recht_op_kindgebonden_budget" is false
