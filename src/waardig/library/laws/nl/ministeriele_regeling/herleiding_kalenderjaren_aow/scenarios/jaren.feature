Feature: Losse tijdvakken worden samen hele jaren, artikel 1 van de herleiding (AOW)
  Een jaar is 360 dagen en een maand 30 dagen. Wat minder is dan een jaar, telt niet.

  Scenario Outline: <jaren> jaar, <maanden> maanden en <dagen> dagen zijn <heel> hele jaren
    Given law "herleiding_kalenderjaren_aow" is loaded
    And the calculation date is "2025-06-01"
    And parameter "persoon" is "1"
    And the following "svb" data with key "persoon":
      | persoon | niet_verzekerd_jaren | niet_verzekerd_maanden | niet_verzekerd_dagen |
      | 1       | <jaren>              | <maanden>              | <dagen>              |
    When I evaluate "gehele_jaren_niet_verzekerd" of "herleiding_kalenderjaren_aow"
    Then output "gehele_jaren_niet_verzekerd" equals <heel>

    Examples:
      | jaren | maanden | dagen | heel |
      | 0     | 0       | 0     | 0    |
      | 0     | 11      | 29    | 0    |
      | 0     | 11      | 30    | 1    |
      | 4     | 24      | 0     | 6    |
      | 4     | 23      | 29    | 5    |
      | 49    | 0       | 359   | 49   |
