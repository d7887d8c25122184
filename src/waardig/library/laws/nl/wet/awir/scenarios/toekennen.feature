Feature: Toekennen van een tegemoetkoming, artikel 14 AWIR
  Eerst rekenkundig afronden op hele euro's (vierde lid), daarna de grens van 24 euro (vijfde lid).

  Background:
    Given law "awir" is loaded
    And the calculation date is "2025-06-01"

  Scenario Outline: <berekend> cent berekend
    Given parameter "berekende_tegemoetkoming" is <berekend>
    When I evaluate "toe_te_kennen_tegemoetkoming" of "awir"
    Then output "toe_te_kennen_tegemoetkoming" equals <toegekend>

    Examples:
      | berekend | toegekend |
      | 0        | 0         |
      | 2349     | 0         |
      | 2349.9   | 0         |
      | 2350     | 2400      |
      | 2449.999 | 2400      |
      | 157342   | 157300    |
      | 157350   | 157400    |
