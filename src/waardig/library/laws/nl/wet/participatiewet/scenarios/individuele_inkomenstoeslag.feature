Feature: Individuele inkomenstoeslag, artikel 36 Participatiewet
  Wie krijgt de toeslag, en wanneer nog niet. De bedragen komen uit de verordening van Midden-Drenthe 2025;
  hier gaat het om de voorwaarden van de wet zelf.

  Background:
    Given law "participatiewet" is loaded
    And law "algemene_ouderdomswet" is loaded
    And law "individuele_inkomenstoeslag_midden_drenthe" is loaded
    And law "beleidsregel_uitzicht_midden_drenthe" is loaded
    And the calculation date is "2025-06-01"
    And parameter "gemeente_code" is "GM1731"

  Scenario Outline: 21 jaar of ouder en jonger dan de pensioengerechtigde leeftijd (lid 1): <waarom>
    Given parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm | geboortedatum | geboortedatum_partner | hoogste_maandinkomen | vermogen | datum_laatste_toekenning | maanden_bijstand | woont_in_gemeente | rechtmatig_verblijf | uitgesloten |
      | 1 | ALLEENSTAAND | <geboren> | null | 100000 | 100000 | null | 36 | true | true | false |
    When I evaluate outputs "leeftijd_voldoet, hoogte_individuele_inkomenstoeslag" of "participatiewet"
    Then output "leeftijd_voldoet" is <voldoet>
    And output "hoogte_individuele_inkomenstoeslag" equals <bedrag>

    Examples:
      | geboren    | voldoet | bedrag | waarom                    |
      | 2004-06-02 | false   | 0      | morgen 21                 |
      | 2004-06-01 | true    | 52197  | vandaag 21                |
      | 1958-06-02 | true    | 52197  | morgen 67                 |
      | 1958-06-01 | false   | 0      | vandaag 67                |

  Scenario Outline: binnen twaalf maanden na een toekenning nog niet (lid 3): <toegekend>
    Given parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm | geboortedatum | geboortedatum_partner | hoogste_maandinkomen | vermogen | datum_laatste_toekenning | maanden_bijstand | woont_in_gemeente | rechtmatig_verblijf | uitgesloten |
      | 1 | ALLEENSTAAND | 1980-05-05 | null | 100000 | 100000 | <toegekend> | 36 | true | true | false |
    When I evaluate outputs "toekenning_lang_genoeg_geleden, aanvragen_mogelijk_vanaf, hoogte_individuele_inkomenstoeslag" of "participatiewet"
    Then output "toekenning_lang_genoeg_geleden" is <genoeg>
    And output "aanvragen_mogelijk_vanaf" equals "<vanaf>"
    And output "hoogte_individuele_inkomenstoeslag" equals <bedrag>

    Examples:
      | toegekend  | genoeg | vanaf      | bedrag |
      | 2024-06-02 | false  | 2025-06-02 | 0      |
      | 2024-06-01 | true   | 2025-06-01 | 52197  |
      | 2024-02-29 | true   | 2025-02-28 | 52197  |

  Scenario: nooit eerder toegekend, dan is er geen dag vanaf wanneer
    Given parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm | geboortedatum | geboortedatum_partner | hoogste_maandinkomen | vermogen | datum_laatste_toekenning | maanden_bijstand | woont_in_gemeente | rechtmatig_verblijf | uitgesloten |
      | 1 | ALLEENSTAAND | 1980-05-05 | null | 100000 | 100000 | null | 36 | true | true | false |
    When I evaluate outputs "toekenning_lang_genoeg_geleden, aanvragen_mogelijk_vanaf" of "participatiewet"
    Then output "toekenning_lang_genoeg_geleden" is true
    And output "aanvragen_mogelijk_vanaf" is null

  Scenario Outline: vermogen tot en met de grens telt niet mee (artikel 34): <leefvorm> <vermogen>
    Given parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm | geboortedatum | geboortedatum_partner | hoogste_maandinkomen | vermogen | datum_laatste_toekenning | maanden_bijstand | woont_in_gemeente | rechtmatig_verblijf | uitgesloten |
      | 1 | <leefvorm> | 1980-05-05 | 1981-01-01 | 100000 | <vermogen> | null | 36 | true | true | false |
    When I evaluate outputs "vermogen_voldoet, hoogte_individuele_inkomenstoeslag" of "participatiewet"
    Then output "vermogen_voldoet" is <voldoet>
    And output "hoogte_individuele_inkomenstoeslag" equals <bedrag>

    Examples:
      | leefvorm            | vermogen | voldoet | bedrag |
      | ALLEENSTAAND        | 777000   | true    | 52197  |
      | ALLEENSTAAND        | 777001   | false   | 0      |
      | ALLEENSTAANDE_OUDER | 1554000  | true    | 66882  |
      | ALLEENSTAANDE_OUDER | 1554001  | false   | 0      |
      | PAAR                | 1554000  | true    | 74589  |
      | PAAR                | 1554001  | false   | 0      |

  Scenario Outline: geen recht zonder verblijf, bij uitsluiting of buiten de gemeente (artikel 11, 13 en 40)
    Given parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm | geboortedatum | geboortedatum_partner | hoogste_maandinkomen | vermogen | datum_laatste_toekenning | maanden_bijstand | woont_in_gemeente | rechtmatig_verblijf | uitgesloten |
      | 1 | ALLEENSTAAND | 1980-05-05 | null | 100000 | 100000 | null | 36 | <woont> | <verblijf> | <uitgesloten> |
    When I evaluate outputs "is_rechthebbende, hoogte_individuele_inkomenstoeslag" of "participatiewet"
    Then output "is_rechthebbende" is false
    And output "hoogte_individuele_inkomenstoeslag" equals 0

    Examples:
      | verblijf | uitgesloten | woont |
      | false    | false       | true  |
      | true     | true        | true  |
      | true     | false       | false |

  Scenario: zonder vermoeden is het uitzicht onbekend, dan beslist een mens
    Given parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm | geboortedatum | geboortedatum_partner | hoogste_maandinkomen | vermogen | datum_laatste_toekenning | maanden_bijstand | woont_in_gemeente | rechtmatig_verblijf | uitgesloten |
      | 1 | ALLEENSTAAND | 1980-05-05 | null | 100000 | 100000 | null | 35 | true | true | false |
    When I evaluate outputs "geen_uitzicht_op_inkomensverbetering, hoogte_individuele_inkomenstoeslag, bedrag_volgens_verordening" of "participatiewet"
    Then output "geen_uitzicht_op_inkomensverbetering" is unknown
    And output "hoogte_individuele_inkomenstoeslag" is unknown because of "geen_uitzicht_op_inkomensverbetering"
    And output "bedrag_volgens_verordening" equals 52197

  Scenario: een zeker nee gaat voor onbekend
    Given parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm | geboortedatum | geboortedatum_partner | hoogste_maandinkomen | vermogen | datum_laatste_toekenning | woont_in_gemeente | rechtmatig_verblijf | uitgesloten |
      | 1 | ALLEENSTAAND | 1980-05-05 | null | 100000 | 777001 | null | true | true | false |
    When I evaluate "heeft_recht_op_individuele_inkomenstoeslag" of "participatiewet"
    Then output "heeft_recht_op_individuele_inkomenstoeslag" is false

  Scenario Outline: valt de partner buiten de leeftijd, dan noemt de tabel geen bedrag en beslist een mens
    Given parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm | geboortedatum | geboortedatum_partner | hoogste_maandinkomen | vermogen | datum_laatste_toekenning | maanden_bijstand | woont_in_gemeente | rechtmatig_verblijf | uitgesloten |
      | 1 | PAAR | 1980-05-05 | <partner> | 100000 | 100000 | null | 36 | true | true | false |
    When I evaluate outputs "heeft_recht_op_individuele_inkomenstoeslag, hoogte_individuele_inkomenstoeslag" of "participatiewet"
    Then output "heeft_recht_op_individuele_inkomenstoeslag" is true
    And output "hoogte_individuele_inkomenstoeslag" is null

    Examples:
      | partner    |
      | 2004-06-02 |
      | 1958-06-01 |

  Scenario: een besluit meldt de bezwaartermijn (Awb 3:45 en 6:7)
    Given parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm | geboortedatum | geboortedatum_partner | hoogste_maandinkomen | vermogen | datum_laatste_toekenning | maanden_bijstand | woont_in_gemeente | rechtmatig_verblijf | uitgesloten |
      | 1 | ALLEENSTAAND | 1980-05-05 | null | 100000 | 100000 | null | 36 | true | true | false |
    When I evaluate "hoogte_individuele_inkomenstoeslag" of "participatiewet"
    Then output "bezwaartermijn_weken" equals 6
    And output "bezwaartermijn_weken" has reactive provenance
    And output "bezwaar_vermelden" is true
