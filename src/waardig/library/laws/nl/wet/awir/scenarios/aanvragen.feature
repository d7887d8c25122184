Feature: De laatste dag om een toeslag aan te vragen, artikel 15 AWIR
  Tot 1 september van het jaar na het berekeningsjaar. Valt 31 augustus in het weekend, dan schuift de laatste dag op
  (artikel 1 Algemene termijnenwet): over 2024 kon het tot en met maandag 1 september 2025.

  Background:
    Given law "awir" is loaded
    And law "algemene_termijnenwet" is loaded
    And law "besluit_gelijkstelling_feestdagen" is loaded

  Scenario Outline: over het jaar van <datum>
    Given the calculation date is "<datum>"
    When I evaluate outputs "laatste_aanvraagdag, aanvragen_voor" of "awir"
    Then output "laatste_aanvraagdag" equals "<laatste>"
    And output "aanvragen_voor" equals "<voor>"

    Examples:
      | datum      | laatste    | voor       |
      | 2025-04-28 | 2026-08-31 | 2026-09-01 |
      | 2024-01-01 | 2025-09-01 | 2025-09-02 |
      | 2024-12-31 | 2025-09-01 | 2025-09-02 |
      | 2023-06-01 | 2024-09-02 | 2024-09-03 |
      | 2026-06-01 | 2027-08-31 | 2027-09-01 |
