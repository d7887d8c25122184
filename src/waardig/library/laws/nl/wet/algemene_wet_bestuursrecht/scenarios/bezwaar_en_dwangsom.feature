Feature: Bezwaar en dwangsom in de Algemene wet bestuursrecht
  Op tijd of te laat, horen, beslissen binnen zes of twaalf weken, verdagen, opschorten, en de dwangsom bij te laat beslissen.

  Background:
    Given law "algemene_wet_bestuursrecht" is loaded
    And law "algemene_termijnenwet" is loaded
    And law "besluit_gelijkstelling_feestdagen" is loaded

  Scenario Outline: bezwaar ontvangen op <ontvangen>, poststempel <post> (6:9)
    Given the calculation date is "2025-04-28"
    And parameter "zaak" is "1"
    And the following "zaken" data with key "zaak":
      | zaak | datum_bekendmaking | datum_ontvangst_bezwaar | datum_poststempel |
      | 1    | 2025-04-28         | <ontvangen>             | <post>            |
    When I evaluate "bezwaar_tijdig" of "algemene_wet_bestuursrecht"
    Then output "bezwaar_tijdig" is <tijdig>

    Examples:
      | ontvangen  | post       | tijdig |
      | 2025-06-10 | null       | true   |
      | 2025-06-11 | null       | false  |
      | 2025-06-17 | 2025-06-10 | true   |
      | 2025-06-18 | 2025-06-10 | false  |
      | 2025-06-12 | 2025-06-11 | false  |

  Scenario Outline: beslissen op bezwaar, commissie <commissie>, ontvangen <ontvangen> (7:10, eerste lid)
    Given the calculation date is "2025-04-28"
    And parameter "zaak" is "1"
    And the following "zaken" data with key "zaak":
      | zaak | datum_bekendmaking | datum_ontvangst_bezwaar | adviescommissie |
      | 1    | 2025-04-28         | <ontvangen>             | <commissie>     |
    When I evaluate outputs "beslistermijn_bezwaar_weken, bezwaar_beslissen_uiterlijk" of "algemene_wet_bestuursrecht"
    Then output "beslistermijn_bezwaar_weken" equals <weken>
    And output "bezwaar_beslissen_uiterlijk" equals "<einde>"

    Examples:
      | commissie | ontvangen  | weken | einde      |
      | false     | 2025-05-02 | 6     | 2025-07-22 |
      | true      | 2025-05-02 | 12    | 2025-09-02 |
      | false     | 2025-06-20 | 6     | 2025-08-01 |

  Scenario: een keer zes weken verdagen (7:10, derde lid)
    Given the calculation date is "2025-07-01"
    And parameter "zaak" is "1"
    And the following "zaken" data with key "zaak":
      | zaak | bezwaar_beslissen_nu |
      | 1    | 2025-07-22           |
    When I evaluate "bezwaar_verdagen_hoogstens_tot" of "algemene_wet_bestuursrecht"
    Then output "bezwaar_verdagen_hoogstens_tot" equals "2025-09-02"

  Scenario Outline: opschorting bij een verzoek van <verzoek>, hersteld op <hersteld> (7:10, tweede lid)
    Given the calculation date is "2025-07-01"
    And parameter "zaak" is "1"
    And the following "zaken" data with key "zaak":
      | zaak | datum_bekendmaking | datum_ontvangst_bezwaar | verzoek_herstel_op | herstel_einde | bezwaar_beslissen_nu |
      | 1    | 2025-04-28         | 2025-05-02              | <verzoek>          | <hersteld>    | 2025-07-22           |
    When I evaluate outputs "opschorting_bezwaar_dagen, bezwaar_beslissen_na_opschorting" of "algemene_wet_bestuursrecht"
    Then output "opschorting_bezwaar_dagen" equals <dagen>
    And output "bezwaar_beslissen_na_opschorting" equals "<einde>"

    Examples:
      | verzoek    | hersteld   | dagen | einde      |
      | 2025-05-05 | 2025-05-19 | 0     | 2025-07-22 |
      | 2025-06-05 | 2025-06-19 | 8     | 2025-07-30 |
      | 2025-06-16 | 2025-06-27 | 10    | 2025-08-01 |
      | 2025-06-16 | 2025-06-28 | 11    | 2025-08-04 |

  Scenario: horen op 20 mei na een oproeping van 5 mei (7:4)
    Given the calculation date is "2025-05-05"
    And parameter "zaak" is "1"
    And the following "zaken" data with key "zaak":
      | zaak | datum_hoorzitting | datum_oproeping |
      | 1    | 2025-05-20        | 2025-05-05      |
    When I evaluate outputs "nadere_stukken_uiterlijk, ter_inzage_vanaf, hoorzitting_niet_voor" of "algemene_wet_bestuursrecht"
    Then output "nadere_stukken_uiterlijk" equals "2025-05-10"
    And output "ter_inzage_vanaf" equals "2025-05-13"
    And output "hoorzitting_niet_voor" equals "2025-05-15"

  Scenario Outline: dwangsom tot en met <tot> (4:17 en 4:18)
    Given the calculation date is "2025-06-01"
    And parameter "zaak" is "1"
    And the following "zaken" data with key "zaak":
      | zaak | beslissen_uiterlijk | datum_ingebrekestelling | in_gebreke_tot_en_met |
      | 1    | 2025-06-03          | 2025-06-04              | <tot>                 |
    When I evaluate outputs "ingebrekestelling_mogelijk_vanaf, dwangsom_beslissen_voor, dwangsom_eerste_dag, dwangsom_laatste_dag, dwangsom_dagen, dwangsom_bedrag, dwangsom_bedrag_vandaag, dwangsom_hoogste_bedrag, dwangsom_vaststellen_uiterlijk" of "algemene_wet_bestuursrecht"
    Then output "ingebrekestelling_mogelijk_vanaf" equals "2025-06-04"
    And output "dwangsom_beslissen_voor" equals "2025-06-18"
    And output "dwangsom_eerste_dag" equals "2025-06-19"
    And output "dwangsom_laatste_dag" equals "2025-07-30"
    And output "dwangsom_dagen" equals <dagen>
    And output "dwangsom_bedrag" equals <bedrag>
    And output "dwangsom_bedrag_vandaag" equals <dag>
    And output "dwangsom_hoogste_bedrag" equals 126000
    And output "dwangsom_vaststellen_uiterlijk" equals "<vast>"

    Examples:
      | tot        | dagen | bedrag | dag  | vast       |
      | 2025-06-18 | 0     | 0      | 0    | 2025-07-02 |
      | 2025-06-19 | 1     | 2000   | 2000 | 2025-07-03 |
      | 2025-07-02 | 14    | 28000  | 2000 | 2025-07-16 |
      | 2025-07-03 | 15    | 31000  | 3000 | 2025-07-17 |
      | 2025-07-16 | 28    | 70000  | 3000 | 2025-07-30 |
      | 2025-07-17 | 29    | 74000  | 4000 | 2025-07-31 |
      | 2025-07-30 | 42    | 126000 | 4000 | 2025-08-13 |
      | 2025-09-01 | 42    | 126000 | 4000 | 2025-08-13 |

  Scenario: een aanvraag aanvullen schort de beslistermijn op (4:5 en 4:15)
    Given the calculation date is "2025-04-28"
    And parameter "zaak" is "1"
    And the following "zaken" data with key "zaak":
      | zaak | datum_aanvraag | verzoek_aanvulling_op | aanvulling_einde |
      | 1    | 2025-06-03     | 2025-06-10            | 2025-06-20       |
    When I evaluate outputs "opschorting_aanvraag_dagen, beslistermijn_na_opschorting, niet_behandelen_uiterlijk" of "algemene_wet_bestuursrecht"
    Then output "opschorting_aanvraag_dagen" equals 9
    And output "beslistermijn_na_opschorting" equals "2025-08-07"
    And output "niet_behandelen_uiterlijk" equals "2025-07-18"
