Feature: Pensioengerechtigde leeftijd in 2013, artikel 7a AOW
  Wie voor 1 januari 1948 is geboren werd 65 jaar voor 2013. In 2013 is de leeftijd 65 jaar en een maand.

  Scenario Outline: geboren op <geboren>, gevraagd op <datum>
    Given law "algemene_ouderdomswet" is loaded
    And the calculation date is "<datum>"
    And parameter "geboortedatum" is "<geboren>"
    When I evaluate outputs "datum_pensioengerechtigde_leeftijd, heeft_pensioengerechtigde_leeftijd_bereikt" of "algemene_ouderdomswet"
    Then output "datum_pensioengerechtigde_leeftijd" equals "<dag>"
    And output "heeft_pensioengerechtigde_leeftijd_bereikt" is <bereikt>

    Examples:
      | geboren    | datum      | dag        | bereikt |
      | 1947-12-31 | 2013-01-01 | 2012-12-31 | true    |
      | 1948-01-01 | 2013-01-01 | 2013-02-01 | false   |
      | 1948-11-30 | 2013-12-30 | 2013-12-30 | true    |
      | 1948-11-30 | 2013-12-29 | 2013-12-30 | false   |
