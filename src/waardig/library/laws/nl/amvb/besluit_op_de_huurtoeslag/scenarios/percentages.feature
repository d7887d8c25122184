Feature: Percentages boven de kwaliteitskortingsgrens, artikel 7 Besluit op de huurtoeslag

  Scenario: 65 en 40 procent in 2013
    Given law "wet_op_de_huurtoeslag" is loaded
    And law "besluit_op_de_huurtoeslag" is loaded
    And the calculation date is "2013-01-01"
    When I evaluate outputs "percentage_tot_aftoppingsgrens, percentage_boven_aftoppingsgrens" of "besluit_op_de_huurtoeslag"
    Then output "percentage_tot_aftoppingsgrens" equals 0.65
    And output "percentage_boven_aftoppingsgrens" equals 0.4
