Feature: Pensioengerechtigde leeftijd in 2019 en 2022, artikel 7a AOW
  In 2018 was de leeftijd 66 jaar, in 2019 tot en met 2021 66 jaar en vier maanden, in 2022 66 jaar en zeven maanden.

  Scenario Outline: geboren op <geboren>, gevraagd op <datum>
    Given law "algemene_ouderdomswet" is loaded
    And the calculation date is "<datum>"
    And parameter "geboortedatum" is "<geboren>"
    When I evaluate outputs "datum_pensioengerechtigde_leeftijd, heeft_pensioengerechtigde_leeftijd_bereikt" of "algemene_ouderdomswet"
    Then output "datum_pensioengerechtigde_leeftijd" equals "<dag>"
    And output "heeft_pensioengerechtigde_leeftijd_bereikt" is <bereikt>

    Examples:
      | geboren    | datum      | dag        | bereikt |
      | 1952-12-31 | 2019-01-01 | 2018-12-31 | true    |
      | 1953-01-01 | 2019-04-30 | 2019-05-01 | false   |
      | 1953-01-01 | 2019-05-01 | 2019-05-01 | true    |
      | 1955-08-31 | 2022-01-01 | 2021-12-31 | true    |
      | 1955-09-01 | 2022-03-31 | 2022-04-01 | false   |
      | 1955-09-01 | 2022-04-01 | 2022-04-01 | true    |
      | 1956-05-31 | 2022-12-31 | 2022-12-31 | true    |
