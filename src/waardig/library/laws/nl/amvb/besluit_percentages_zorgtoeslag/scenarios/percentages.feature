Feature: Percentages voor de normpremie per jaar

  Scenario Outline: percentages op <datum>
    Given law "besluit_percentages_zorgtoeslag" is loaded
    And the calculation date is "<datum>"
    When I evaluate outputs "percentage_drempelinkomen_alleenstaand, percentage_drempelinkomen_partner, percentage_boven_drempelinkomen" of "besluit_percentages_zorgtoeslag"
    Then output "percentage_drempelinkomen_alleenstaand" equals <alleen>
    And output "percentage_drempelinkomen_partner" equals <partner>
    And output "percentage_boven_drempelinkomen" equals <boven>

    Examples:
      | datum      | alleen  | partner | boven  |
      | 2024-06-01 | 0.01879 | 0.04256 | 0.1367 |
      | 2025-06-01 | 0.01896 | 0.04273 | 0.137  |
