Feature: Pensioengerechtigde leeftijd, artikel 7a AOW
  Wie voor 1 maart 1957 is geboren had de leeftijd al in 2023 (66 jaar en 10 maanden). Daarna 67 jaar, vanaf 1961 67 jaar en 3 maanden.

  Scenario Outline: geboren op <geboren>, gevraagd op <datum>
    Given law "algemene_ouderdomswet" is loaded
    And the calculation date is "<datum>"
    And parameter "geboortedatum" is "<geboren>"
    When I evaluate outputs "datum_pensioengerechtigde_leeftijd, heeft_pensioengerechtigde_leeftijd_bereikt" of "algemene_ouderdomswet"
    Then output "datum_pensioengerechtigde_leeftijd" equals "<dag>"
    And output "heeft_pensioengerechtigde_leeftijd_bereikt" is <bereikt>

    Examples:
      | geboren    | datum      | dag        | bereikt |
      | 1957-02-28 | 2024-01-01 | 2023-12-28 | true    |
      | 1957-03-01 | 2024-02-29 | 2024-03-01 | false   |
      | 1958-06-01 | 2025-06-01 | 2025-06-01 | true    |
      | 1958-06-02 | 2025-06-01 | 2025-06-02 | false   |
      | 1960-12-31 | 2027-12-31 | 2027-12-31 | true    |
      | 1961-01-01 | 2028-01-01 | 2028-04-01 | false   |
