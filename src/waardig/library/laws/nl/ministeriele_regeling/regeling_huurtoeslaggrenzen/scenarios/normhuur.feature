Feature: Normhuur met de ijkpunten en factoren van de regeling, artikel 19 Wet op de huurtoeslag
  Onder het ijkpunt geldt de laagste normhuur. Daarboven geldt de formule: (a x Y²) + (b x Y), naar boven afgerond.

  Scenario Outline: <soort> met <inkomen> cent in het jaar van <datum>
    Given law "wet_op_de_huurtoeslag" is loaded
    And law "regeling_huurtoeslaggrenzen" is loaded
    And the calculation date is "<datum>"
    And parameter "persoon" is "1"
    And the following "huishouden" data with key "persoon":
      | persoon | soort_huishouden | rekeninkomen |
      | 1       | <soort>          | <inkomen>    |
    When I evaluate outputs "minimum_inkomensijkpunt, normhuur" of "wet_op_de_huurtoeslag"
    Then output "minimum_inkomensijkpunt" equals <ijkpunt>
    And output "normhuur" equals <normhuur>

    Examples:
      | datum      | soort               | inkomen | ijkpunt | normhuur |
      | 2013-06-01 | EENPERSOONS         | 1487500 | 1487500 | 19474    |
      | 2013-06-01 | EENPERSOONS         | 2000000 | 1487500 | 33856    |
      | 2013-06-01 | MEERPERSOONS        | 1920000 | 1920000 | 19474    |
      | 2013-06-01 | MEERPERSOONS        | 2500000 | 1920000 | 31428    |
      | 2013-06-01 | EENPERSOONSOUDEREN  | 1625000 | 1625000 | 19292    |
      | 2013-06-01 | EENPERSOONSOUDEREN  | 2000000 | 1625000 | 32124    |
      | 2013-06-01 | MEERPERSOONSOUDEREN | 2177500 | 2177500 | 19111    |
      | 2013-06-01 | MEERPERSOONSOUDEREN | 2500000 | 2177500 | 27146    |
