Feature: Rekenvoorbeelden van de zorgtoeslag 2020, 2024 en 2025, ook die elders verkeerd zijn
  Gepubliceerde bedragen en grenzen, en voorbeelden uit andere projecten. Waar een ander project iets anders zegt, staat hier wat de wet zegt.
  Waarom staat in docs/explanation/worked-examples.md. Het voorbeeld van 2021 (W011) kan niet: drempelinkomen en percentages van dat jaar ontbreken.

  Background:
    Given law "wet_op_de_zorgtoeslag" is loaded
    And law "regeling_standaardpremie" is loaded
    And law "besluit_percentages_zorgtoeslag" is loaded
    And law "awir" is loaded
    And parameter "persoon" is "1"

  Scenario Outline: <voorbeeld> zonder partner, inkomen <inkomen> cent op <datum>
    Given the calculation date is "<datum>"
    And the following "toeslagen" data with key "persoon":
      | persoon | geboortedatum | is_verzekerd | heeft_toeslagpartner | toetsingsinkomen | vermogen |
      | 1       | 1980-01-01    | true         | false                | <inkomen>        | 0        |
    When I evaluate outputs "hoogte_zorgtoeslag, toegekende_zorgtoeslag" of "wet_op_de_zorgtoeslag"
    Then output "hoogte_zorgtoeslag" equals <berekend>
    And output "toegekende_zorgtoeslag" equals <toegekend>

    Examples:
      | voorbeeld | datum      | inkomen | berekend | toegekend |
      | W012      | 2024-06-01 | 3749700 | 2339     | 0         |
      | W014      | 2025-06-01 | 2840600 | 157342   | 157300    |
      | W016      | 2025-06-01 | 3971900 | 2354     | 2400      |
      | W017      | 2025-06-01 | 3972000 | 2340     | 0         |
      | W018      | 2025-06-01 | 3000000 | 135504   | 135500    |
      | W083      | 2025-06-01 | 20000   | 157342   | 157300    |
      | W084      | 2025-06-01 | 79547   | 157342   | 157300    |
      | W085      | 2024-06-01 | 20000   | 148307   | 148300    |
      | W093      | 2025-06-01 | 2000000 | 157342   | 157300    |
      | 2020      | 2020-06-01 | 2143100 | 124981   | 125000    |
      | 2020      | 2020-06-01 | 3048100 | 2354     | 2400      |
      | 2020      | 2020-06-01 | 3048200 | 2340     | 0         |

  Scenario Outline: <voorbeeld> met partner, samen <eigen> en <partner> cent op <datum>
    Given the calculation date is "<datum>"
    And the following "toeslagen" data with key "persoon":
      | persoon | geboortedatum | is_verzekerd | heeft_toeslagpartner | partner_is_verzekerd | toetsingsinkomen | toetsingsinkomen_partner | vermogen | vermogen_partner |
      | 1       | 1980-01-01    | true         | true                 | true                 | <eigen>          | <partner>                | 0        | 0                |
    When I evaluate outputs "hoogte_zorgtoeslag, toegekende_zorgtoeslag" of "wet_op_de_zorgtoeslag"
    Then output "hoogte_zorgtoeslag" equals <berekend>
    And output "toegekende_zorgtoeslag" equals <toegekend>

    Examples:
      | voorbeeld | datum      | eigen   | partner | berekend | toegekend |
      | W012      | 2024-06-01 | 4736900 | 0       | 2340     | 0         |
      | W015      | 2025-06-01 | 1420300 | 1420300 | 301021   | 301000    |
      | W019      | 2025-06-01 | 4000000 | 0       | 142183   | 142200    |
      | W019      | 2025-06-01 | 1500000 | 2500000 | 142183   | 142200    |
      | W092      | 2025-06-01 | 3500000 | 2000000 | 0        | 0         |
      | 2020      | 2020-06-01 | 2000000 | 143100  | 239676   | 239700    |
      | 2020      | 2020-06-01 | 2000000 | 1894500 | 2361     | 2400      |
      | 2020      | 2020-06-01 | 2000000 | 1894600 | 2347     | 0         |

  Scenario Outline: <voorbeeld> vermogen <vermogen> en <van_partner> cent op <datum>
    Given the calculation date is "<datum>"
    And the following "toeslagen" data with key "persoon":
      | persoon | geboortedatum | is_verzekerd | heeft_toeslagpartner | partner_is_verzekerd | toetsingsinkomen | toetsingsinkomen_partner | vermogen   | vermogen_partner |
      | 1       | 1980-01-01    | true         | <partner>            | true                 | 2000000          | 0                        | <vermogen> | <van_partner>    |
    When I evaluate outputs "toegekende_zorgtoeslag, heeft_recht_op_zorgtoeslag" of "wet_op_de_zorgtoeslag"
    Then output "toegekende_zorgtoeslag" equals 0
    And output "heeft_recht_op_zorgtoeslag" is false

    Examples:
      | voorbeeld | datum      | partner | vermogen | van_partner |
      | W013      | 2024-06-01 | false   | 14021400 | null        |
      | W013      | 2024-06-01 | true    | 17730200 | 0           |
      | W020      | 2025-06-01 | false   | 14189700 | null        |
      | 2020      | 2020-06-01 | false   | 11661400 | null        |
      | 2020      | 2020-06-01 | true    | 14745900 | 100         |
