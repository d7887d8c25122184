Feature: Draagkracht met medebewoners, artikel 7 AWIR
  Van een kind dat bij de aanvang van het jaar jonger is dan 23 jaar telt alleen het inkomen boven de vrijstelling (zesde lid).

  Background:
    Given law "awir" is loaded
    And the calculation date is "2015-06-01"
    And parameter "persoon" is "1"
    And parameter "vrijstelling" is 474900

  Scenario Outline: inkomen <inkomen> cent, geboren <geboren>, kind: <kind>
    Given the following "medebewoner" data with key "persoon":
      | persoon | toetsingsinkomen | geboortedatum | is_kind |
      | 1       | <inkomen>        | <geboren>     | <kind>  |
    When I evaluate "meetellend_inkomen_medebewoner" of "awir"
    Then output "meetellend_inkomen_medebewoner" equals <telt>

    Examples:
      | inkomen | geboren    | kind  | telt   |
      | 500000  | 1992-01-02 | true  | 25100  |
      | 500000  | 1992-01-01 | true  | 500000 |
      | 474900  | 2000-01-01 | true  | 0      |
      | 100     | 2000-01-01 | true  | 0      |
      | 500000  | 2000-01-01 | false | 500000 |
