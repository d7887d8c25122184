Feature: Verlenging van termijnen, Algemene termijnenwet
  Een termijn eindigt nooit op zaterdag, zondag of een algemeen erkende feestdag. De feestdagen worden berekend.

  Background:
    Given law "algemene_termijnenwet" is loaded
    And law "besluit_gelijkstelling_feestdagen" is loaded

  Scenario Outline: zes weken na <begin>: <waarom>
    Given the calculation date is "<begin>"
    And the following parameters:
      | dag_voor_begin | <begin> |
      | aantal         | 6       |
      | eenheid        | WEKEN   |
    When I evaluate outputs "laatste_dag_zonder_verlenging, einddatum" of "algemene_termijnenwet"
    Then output "laatste_dag_zonder_verlenging" equals "<zonder>"
    And output "einddatum" equals "<einde>"

    Examples:
      | begin      | zonder     | einde      | waarom                                                  |
      | 2025-01-14 | 2025-02-25 | 2025-02-25 | een gewone dinsdag                                      |
      | 2025-01-18 | 2025-03-01 | 2025-03-03 | zaterdag                                                |
      | 2025-01-19 | 2025-03-02 | 2025-03-03 | zondag                                                  |
      | 2025-03-07 | 2025-04-18 | 2025-04-22 | Goede Vrijdag, weekend en tweede paasdag                |
      | 2025-03-10 | 2025-04-21 | 2025-04-22 | tweede paasdag                                          |
      | 2025-03-15 | 2025-04-26 | 2025-04-28 | Koningsdag op zaterdag omdat 27 april een zondag is     |
      | 2025-03-24 | 2025-05-05 | 2025-05-06 | 5 mei, ook als het geen lustrum is                      |
      | 2024-03-24 | 2024-05-05 | 2024-05-06 | 5 mei op zondag                                         |
      | 2025-04-17 | 2025-05-29 | 2025-06-02 | Hemelvaartsdag, de gelijkgestelde vrijdag en het weekend |
      | 2024-03-28 | 2024-05-09 | 2024-05-13 | Hemelvaartsdag 2024 en de gelijkgestelde vrijdag        |
      | 2025-04-28 | 2025-06-09 | 2025-06-10 | tweede pinksterdag                                      |
      | 2025-11-13 | 2025-12-25 | 2025-12-29 | beide kerstdagen en het weekend                         |
      | 2024-11-13 | 2024-12-25 | 2024-12-30 | kerst, de gelijkgestelde vrijdag en het weekend         |
      | 2025-11-20 | 2026-01-01 | 2026-01-05 | nieuwjaarsdag, de gelijkgestelde vrijdag en het weekend |
      | 2026-03-16 | 2026-04-27 | 2026-04-28 | Koningsdag op maandag                                   |
      | 2026-11-13 | 2026-12-25 | 2026-12-28 | eerste kerstdag op vrijdag                              |
      | 2027-03-25 | 2027-05-06 | 2027-05-10 | Hemelvaartsdag 2027 en de gelijkgestelde vrijdag        |

  Scenario Outline: lange termijnen worden niet verlengd (artikel 4): <aantal> <eenheid>
    Given the calculation date is "2025-01-18"
    And the following parameters:
      | dag_voor_begin | <begin>   |
      | aantal         | <aantal>  |
      | eenheid        | <eenheid> |
    When I evaluate outputs "termijnenwet_geldt, einddatum" of "algemene_termijnenwet"
    Then output "termijnenwet_geldt" is <geldt>
    And output "einddatum" equals "<einde>"

    Examples:
      | begin      | aantal | eenheid | geldt | einde      |
      | 2025-01-18 | 12     | WEKEN   | true  | 2025-04-14 |
      | 2025-01-18 | 13     | WEKEN   | false | 2025-04-19 |
      | 2025-01-19 | 3      | MAANDEN | true  | 2025-04-22 |
      | 2025-01-19 | 4      | MAANDEN | false | 2025-05-19 |
      | 2025-01-31 | 1      | MAANDEN | true  | 2025-02-28 |

  Scenario Outline: feestdagen van het jaar van <dag>
    Given the calculation date is "2025-01-01"
    And parameter "dag" is "<dag>"
    When I evaluate outputs "eerste_paasdag, goede_vrijdag, koningsdag, hemelvaartsdag, tweede_pinksterdag" of "algemene_termijnenwet"
    Then output "eerste_paasdag" equals "<pasen>"
    And output "goede_vrijdag" equals "<vrijdag>"
    And output "koningsdag" equals "<koning>"
    And output "hemelvaartsdag" equals "<hemelvaart>"
    And output "tweede_pinksterdag" equals "<pinksteren>"

    Examples:
      | dag        | pasen      | vrijdag    | koning     | hemelvaart | pinksteren |
      | 2024-12-31 | 2024-03-31 | 2024-03-29 | 2024-04-27 | 2024-05-09 | 2024-05-20 |
      | 2025-01-01 | 2025-04-20 | 2025-04-18 | 2025-04-26 | 2025-05-29 | 2025-06-09 |
      | 2026-07-01 | 2026-04-05 | 2026-04-03 | 2026-04-27 | 2026-05-14 | 2026-05-25 |
      | 2027-07-01 | 2027-03-28 | 2027-03-26 | 2027-04-27 | 2027-05-06 | 2027-05-17 |
      | 2049-07-01 | 2049-04-18 | 2049-04-16 | 2049-04-27 | 2049-05-27 | 2049-06-07 |
      | 2076-07-01 | 2076-04-19 | 2076-04-17 | 2076-04-27 | 2076-05-28 | 2076-06-08 |
