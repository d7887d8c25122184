Feature: Beleidsregel geen uitzicht op inkomensverbetering Lage Polder (fictief)
  De beleidsregel neemt alleen iets aan in het voordeel van een inwoner: waar of leeg, nooit onwaar.

  Background:
    Given law "beleidsregel_uitzicht_lage_polder" is loaded
    And law "individuele_inkomenstoeslag_lage_polder" is loaded
    And the calculation date is "2025-06-01"
    And parameter "gemeente_code" is "GM9998"
    And parameter "persoon" is "1"

  Scenario: bijstand in alle maanden van de referteperiode
    Given the following "uitkeringen" data with key "persoon":
      | persoon | maanden_bijstand |
      | 1       | 24               |
    When I evaluate "geen_uitzicht_op_inkomensverbetering" of "beleidsregel_uitzicht_lage_polder"
    Then output "geen_uitzicht_op_inkomensverbetering" is true

  Scenario: een maand minder, dan neemt de beleidsregel niets aan
    Given the following "uitkeringen" data with key "persoon":
      | persoon | maanden_bijstand |
      | 1       | 23               |
    When I evaluate "geen_uitzicht_op_inkomensverbetering" of "beleidsregel_uitzicht_lage_polder"
    Then output "geen_uitzicht_op_inkomensverbetering" is null
