Feature: Beleidsregel geen uitzicht op inkomensverbetering Kerkrade
  De beleidsregel neemt alleen iets aan in het voordeel van een inwoner: waar of leeg, nooit onwaar.

  Background:
    Given law "beleidsregel_uitzicht_kerkrade" is loaded
    And law "individuele_inkomenstoeslag_kerkrade" is loaded
    And the calculation date is "2024-06-01"
    And parameter "gemeente_code" is "GM0928"
    And parameter "persoon" is "1"

  Scenario: bijstand in alle maanden van de referteperiode
    Given the following "uitkeringen" data with key "persoon":
      | persoon | maanden_bijstand |
      | 1       | 36               |
    When I evaluate "geen_uitzicht_op_inkomensverbetering" of "beleidsregel_uitzicht_kerkrade"
    Then output "geen_uitzicht_op_inkomensverbetering" is true

  Scenario: een maand minder, dan neemt de beleidsregel niets aan
    Given the following "uitkeringen" data with key "persoon":
      | persoon | maanden_bijstand |
      | 1       | 35               |
    When I evaluate "geen_uitzicht_op_inkomensverbetering" of "beleidsregel_uitzicht_kerkrade"
    Then output "geen_uitzicht_op_inkomensverbetering" is null
