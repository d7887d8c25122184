Feature: Termijnen in de Algemene wet bestuursrecht
  Beslissen binnen acht weken, bezwaar binnen zes weken, betalen binnen zes weken; verlengd door de Algemene termijnenwet.

  Background:
    Given law "algemene_wet_bestuursrecht" is loaded
    And law "algemene_termijnenwet" is loaded
    And law "besluit_gelijkstelling_feestdagen" is loaded

  Scenario Outline: bezwaar tegen een besluit bekendgemaakt op <dag> (6:7, 6:8 en 6:9)
    Given the calculation date is "<dag>"
    And parameter "zaak" is "1"
    And the following "zaken" data with key "zaak":
      | zaak | datum_bekendmaking |
      | 1    | <dag>              |
    When I evaluate outputs "bezwaartermijn_weken, bezwaar_begindatum, bezwaar_einddatum, bezwaar_per_post_ontvangen_uiterlijk, betaling_uiterlijk" of "algemene_wet_bestuursrecht"
    Then output "bezwaartermijn_weken" equals 6
    And output "bezwaar_begindatum" equals "<begin>"
    And output "bezwaar_einddatum" equals "<einde>"
    And output "bezwaar_per_post_ontvangen_uiterlijk" equals "<post>"
    And output "betaling_uiterlijk" equals "<einde>"

    Examples:
      | dag        | begin      | einde      | post       |
      | 2025-06-03 | 2025-06-04 | 2025-07-15 | 2025-07-22 |
      | 2025-03-24 | 2025-03-25 | 2025-05-06 | 2025-05-13 |
      | 2025-04-28 | 2025-04-29 | 2025-06-10 | 2025-06-17 |
      | 2025-03-07 | 2025-03-08 | 2025-04-22 | 2025-04-29 |
      | 2025-04-07 | 2025-04-08 | 2025-05-19 | 2025-05-26 |
      | 2025-11-13 | 2025-11-14 | 2025-12-29 | 2026-01-05 |
      | 2024-11-15 | 2024-11-16 | 2024-12-30 | 2025-01-06 |

  Scenario Outline: beslissen op een aanvraag ontvangen op <dag> (4:13 en 4:14)
    Given the calculation date is "<dag>"
    And parameter "zaak" is "1"
    And the following "zaken" data with key "zaak":
      | zaak | datum_aanvraag |
      | 1    | <dag>          |
    When I evaluate outputs "beslistermijn_weken, beslistermijn_einddatum, mededeling_verlenging_uiterlijk" of "algemene_wet_bestuursrecht"
    Then output "beslistermijn_weken" equals 8
    And output "beslistermijn_einddatum" equals "<einde>"
    And output "mededeling_verlenging_uiterlijk" equals "<einde>"

    Examples:
      | dag        | einde      |
      | 2025-06-03 | 2025-07-29 |
      | 2025-03-10 | 2025-05-06 |
      | 2025-02-24 | 2025-04-22 |
      | 2025-10-30 | 2025-12-29 |
      | 2025-06-07 | 2025-08-04 |

  Scenario Outline: wie het besluit nam beslist niet op het bezwaar (10:3, derde lid)
    Given the calculation date is "2025-06-01"
    And parameter "zaak" is "1"
    And the following "zaken" data with key "zaak":
      | zaak | nam_primair_besluit_in_mandaat |
      | 1    | <nam>                          |
    When I evaluate "mag_op_bezwaar_beslissen" of "algemene_wet_bestuursrecht"
    Then output "mag_op_bezwaar_beslissen" is <mag>

    Examples:
      | nam   | mag   |
      | true  | false |
      | false | true  |
