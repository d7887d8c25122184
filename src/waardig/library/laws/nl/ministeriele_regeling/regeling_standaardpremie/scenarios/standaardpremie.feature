Feature: Standaardpremie per jaar
  De premie geldt voor het hele berekeningsjaar.

  Scenario Outline: standaardpremie op <datum>
    Given law "regeling_standaardpremie" is loaded
    And the calculation date is "<datum>"
    When I evaluate "standaardpremie" of "wet_op_de_zorgtoeslag"
    Then output "standaardpremie" equals <premie>

    Examples:
      | datum      | premie |
      | 2020-06-01 | 164200 |
      | 2024-01-01 | 198700 |
      | 2024-12-31 | 198700 |
      | 2025-01-01 | 211200 |
