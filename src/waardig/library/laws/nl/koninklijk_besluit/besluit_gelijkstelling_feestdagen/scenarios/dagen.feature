Feature: Dagen die met een feestdag zijn gelijkgesteld
  Bij koninklijk besluit, voor een paar jaar tegelijk.

  Scenario: de dagen tot en met 2025
    Given law "besluit_gelijkstelling_feestdagen" is loaded
    And the calculation date is "2025-01-01"
    When I evaluate "gelijkgestelde_dagen" of "besluit_gelijkstelling_feestdagen"
    Then output "gelijkgestelde_dagen" contains "2025-05-30"
    And output "gelijkgestelde_dagen" contains "2024-12-27"

  Scenario: het volgende besluit is erbij gekomen
    Given law "besluit_gelijkstelling_feestdagen" is loaded
    And the calculation date is "2025-10-04"
    When I evaluate "gelijkgestelde_dagen" of "besluit_gelijkstelling_feestdagen"
    Then output "gelijkgestelde_dagen" contains "2026-01-02"
    And output "gelijkgestelde_dagen" contains "2025-05-30"
