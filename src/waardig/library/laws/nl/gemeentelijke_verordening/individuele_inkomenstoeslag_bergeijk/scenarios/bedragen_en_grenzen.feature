Feature: Individuele inkomenstoeslag Bergeijk 2019
  De Kempengemeenten hebben een pagina samen. De grens is 105 procent van de norm; dat is op de cent hun tabel van januari 2019.
  Hoe lang "langdurig" is, is niet gepubliceerd. Zonder dat gegeven is de uitkomst onbekend, nooit een bedrag.

  Background:
    Given law "participatiewet" is loaded
    And law "individuele_inkomenstoeslag_bergeijk" is loaded
    And the calculation date is "2019-03-01"
    And parameter "gemeente_code" is "GM1724"
    And parameter "persoon" is "1"

  Scenario Outline: grens en bedrag van <leefvorm> met <inkomen> cent
    Given the following "gemeente" data with key "persoon":
      | persoon | leefvorm | geboortedatum | geboortedatum_partner | heeft_ten_laste_komende_kinderen | hoogste_maandinkomen | vermogen | datum_laatste_toekenning | woont_in_gemeente | rechtmatig_verblijf | uitgesloten |
      | 1 | <leefvorm> | 1980-05-05 | <partner> | false | <inkomen> | 100000 | null | true | true | false |
    When I evaluate outputs "inkomensgrens, bedrag_volgens_verordening, hoogte_individuele_inkomenstoeslag" of "participatiewet"
    Then output "inkomensgrens" equals <grens>
    And output "bedrag_volgens_verordening" equals <bedrag>
    And output "hoogte_individuele_inkomenstoeslag" is unknown because of "referteperiode_van_de_verordening"

    Examples:
      | leefvorm | partner | inkomen | grens | bedrag |
      | ALLEENSTAAND | null | 102298 | 102298 | 37500 |
      | ALLEENSTAAND | null | 102299 | 102298 | 37500 |
      | ALLEENSTAANDE_OUDER | null | 102298 | 102298 | 50000 |
      | ALLEENSTAANDE_OUDER | null | 102299 | 102298 | 50000 |
      | PAAR | 1981-01-01 | 146141 | 146141 | 55000 |
      | PAAR | 1981-01-01 | 146142 | 146141 | 55000 |

  Scenario Outline: tot en met de grens is het inkomen laag, een cent erboven niet: <leefvorm> met <inkomen> cent
    Given the following "gemeente" data with key "persoon":
      | persoon | leefvorm | geboortedatum | geboortedatum_partner | heeft_ten_laste_komende_kinderen | hoogste_maandinkomen | vermogen | datum_laatste_toekenning | woont_in_gemeente | rechtmatig_verblijf | uitgesloten |
      | 1 | <leefvorm> | 1980-05-05 | <partner> | false | <inkomen> | 100000 | null | true | true | false |
    When I evaluate "is_inkomen_hoogstens_de_grens" of "individuele_inkomenstoeslag_bergeijk"
    Then output "is_inkomen_hoogstens_de_grens" is <laag>

    Examples:
      | leefvorm | partner | inkomen | laag |
      | ALLEENSTAAND | null | 102298 | true |
      | ALLEENSTAAND | null | 102299 | false |
      | ALLEENSTAANDE_OUDER | null | 102298 | true |
      | ALLEENSTAANDE_OUDER | null | 102299 | false |
      | PAAR | 1981-01-01 | 146141 | true |
      | PAAR | 1981-01-01 | 146142 | false |

  Scenario: de referteperiode zelf is onbekend
    When I evaluate outputs "referteperiode_maanden, inkomen_voldoet" of "participatiewet"
    Then output "referteperiode_maanden" is unknown because of "referteperiode_van_de_verordening"
    And output "inkomen_voldoet" is unknown because of "referteperiode_van_de_verordening"

  Scenario: zocht een medewerker de referteperiode op, dan blijft over of er uitzicht is op een beter inkomen
    Given the following "gemeente" data with key "persoon":
      | persoon | leefvorm | geboortedatum | geboortedatum_partner | heeft_ten_laste_komende_kinderen | hoogste_maandinkomen | vermogen | datum_laatste_toekenning | woont_in_gemeente | rechtmatig_verblijf | uitgesloten | referteperiode_van_de_verordening |
      | 1 | ALLEENSTAAND | 1980-05-05 | null | false | 90000 | 100000 | null | true | true | false | 36 |
    When I evaluate outputs "referteperiode_maanden, inkomen_voldoet, hoogte_individuele_inkomenstoeslag" of "participatiewet"
    Then output "referteperiode_maanden" equals 36
    And output "inkomen_voldoet" is true
    And output "hoogte_individuele_inkomenstoeslag" is unknown because of "geen_uitzicht_op_inkomensverbetering"

  Scenario Outline: zonder gepubliceerd bedrag beslist een medewerker: <wie>
    Given the following "gemeente" data with key "persoon":
      | persoon | leefvorm | geboortedatum | geboortedatum_partner | heeft_ten_laste_komende_kinderen | hoogste_maandinkomen | vermogen | datum_laatste_toekenning | woont_in_gemeente | rechtmatig_verblijf | uitgesloten |
      | 1 | PAAR | 1980-05-05 | <partner> | false | 90000 | 100000 | null | true | true | false |
    When I evaluate outputs "bedrag_volgens_verordening, hoogte_individuele_inkomenstoeslag" of "participatiewet"
    Then output "bedrag_volgens_verordening" is null
    And output "hoogte_individuele_inkomenstoeslag" is unknown because of "referteperiode_van_de_verordening"

    Examples:
      | wie | partner |
      | de partner is 20 jaar | 1998-03-02 |
      | de partner heeft AOW | 1950-01-01 |

  Scenario: te veel vermogen volgens artikel 34, dan is er zeker geen toeslag
    Given the following "gemeente" data with key "persoon":
      | persoon | leefvorm | geboortedatum | geboortedatum_partner | heeft_ten_laste_komende_kinderen | hoogste_maandinkomen | vermogen | datum_laatste_toekenning | woont_in_gemeente | rechtmatig_verblijf | uitgesloten |
      | 1 | ALLEENSTAAND | 1980-05-05 | null | false | 90000 | 612001 | null | true | true | false |
    When I evaluate outputs "vermogensgrens, hoogte_individuele_inkomenstoeslag" of "participatiewet"
    Then output "vermogensgrens" equals 612000
    And output "hoogte_individuele_inkomenstoeslag" equals 0
