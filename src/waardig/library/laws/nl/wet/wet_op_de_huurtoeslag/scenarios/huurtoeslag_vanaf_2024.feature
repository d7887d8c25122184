Feature: Huurtoeslag vanaf 2024: rekenhuur, grenzen en wat er zonder basishuur niet te zeggen is
  De bedragen voor de basishuur van deze jaren zijn niet bij de hand. Zonder basishuur is het bedrag onbekend, en niet een schatting.

  Background:
    Given law "wet_op_de_huurtoeslag" is loaded
    And law "besluit_op_de_huurtoeslag" is loaded
    And law "algemene_ouderdomswet" is loaded
    And law "awir" is loaded
    And parameter "persoon" is "1"

  Scenario Outline: W038 kale huur <huur> met servicekosten <kosten> in <datum>
    Given the calculation date is "<datum>"
    And the following "huur" data with key "persoon":
      | persoon | huurprijs | redelijke_huurprijs | servicekosten_energie | servicekosten_schoonmaak | servicekosten_huismeester | servicekosten_ruimten | huurt_woonwagen |
      | 1       | <huur>    | null                | <kosten>              | <kosten>                 | <kosten>                  | <kosten>              | false           |
    When I evaluate "rekenhuur" of "wet_op_de_huurtoeslag"
    Then output "rekenhuur" equals <rekenhuur>

    Examples:
      | datum      | huur  | kosten | rekenhuur |
      | 2024-06-01 | 80000 | 1000   | 84000     |
      | 2025-06-01 | 80000 | 1000   | 84000     |
      | 2025-12-31 | 80000 | 3000   | 84800     |
      | 2026-01-01 | 80000 | 1000   | 80000     |

  Scenario Outline: huurgrens op <datum> voor wie is geboren op <geboren>
    Given the calculation date is "<datum>"
    And the following "huishouden" data with key "persoon":
      | persoon | geboortedatum | aantal_personen | heeft_handicap | woont_met_kind | medebewoner_is_23_of_ouder | medebewoner_is_21_of_ouder | huurprijs | redelijke_huurprijs | servicekosten_energie | servicekosten_schoonmaak | servicekosten_huismeester | servicekosten_ruimten | huurt_woonwagen |
      | 1       | <geboren>     | <personen>      | false          | <kind>         | false                      | false                      | 100000    | null                | 0                     | 0                        | 0                         | 0                     | false           |
    When I evaluate outputs "huurgrens, meetellende_rekenhuur" of "wet_op_de_huurtoeslag"
    Then output "huurgrens" equals <grens>
    And output "meetellende_rekenhuur" equals <grens>

    Examples:
      | datum      | geboren    | personen | kind  | grens |
      | 2024-06-01 | 2001-06-01 | 1        | false | 87966 |
      | 2024-06-01 | 2001-06-02 | 1        | false | 45447 |
      | 2025-06-01 | 2002-06-01 | 1        | false | 90007 |
      | 2025-06-01 | 2002-06-02 | 1        | false | 47720 |
      | 2025-06-01 | 2005-06-02 | 2        | true  | 90007 |
      | 2026-06-01 | 2005-06-01 | 1        | false | 93293 |
      | 2026-06-01 | 2005-06-02 | 1        | false | 49820 |

  Scenario Outline: een huur van <huur> cent op <datum> voor wie net huurt
    Given the calculation date is "<datum>"
    And the following "huishouden" data with key "persoon":
      | persoon | geboortedatum | aantal_personen | heeft_handicap | huurprijs | redelijke_huurprijs | servicekosten_energie | servicekosten_schoonmaak | servicekosten_huismeester | servicekosten_ruimten | huurt_woonwagen | huur_hoger_door_voorziening | vorige_maand_huurtoeslag_zonder_verhuizing |
      | 1       | 1980-05-05    | 1               | false          | <huur>    | null                | 0                     | 0                        | 0                         | 0                     | false           | false                       | false                                      |
    When I evaluate "huur_voldoet" of "wet_op_de_huurtoeslag"
    Then output "huur_voldoet" is <voldoet>

    Examples:
      | datum      | huur  | voldoet |
      | 2024-06-01 | 87966 | true    |
      | 2024-06-01 | 87967 | false   |
      | 2025-06-01 | 90007 | true    |
      | 2025-06-01 | 90008 | false   |

  Scenario Outline: vermogen <eigen> en <van_partner> cent op <datum>
    Given the calculation date is "<datum>"
    And the following "huishouden" data with key "persoon":
      | persoon | aantal_personen | heeft_toeslagpartner | vermogen | vermogen_partner | extra_vrijstelling_vermogen | medebewoner_heeft_te_veel_vermogen |
      | 1       | <personen>      | <partner>            | <eigen>  | <van_partner>    | 0                           | false                              |
    When I evaluate "heeft_te_veel_vermogen" of "wet_op_de_huurtoeslag"
    Then output "heeft_te_veel_vermogen" is <teveel>

    Examples:
      | datum      | personen | partner | eigen   | van_partner | teveel |
      | 2024-06-01 | 1        | false   | 3695200 | null        | false  |
      | 2024-06-01 | 1        | false   | 3695201 | null        | true   |
      | 2025-06-01 | 2        | true    | 7479000 | 0           | false  |
      | 2025-06-01 | 2        | true    | 7479000 | 1           | true   |
      | 2026-06-01 | 1        | false   | 3847900 | null        | false  |
      | 2026-06-01 | 1        | false   | 3847901 | null        | true   |

  Scenario: W088 zonder basishuur is het bedrag onbekend; 406,95 met een rechte lijn is niet de wet
    Given the calculation date is "2025-06-01"
    And the following "huishouden" data with key "persoon":
      | persoon | geboortedatum | aantal_personen | heeft_toeslagpartner | toetsingsinkomen | vermogen | extra_vrijstelling_vermogen | heeft_handicap | woning_is_aangepast | inschrijving_voldoet | is_zelfstandige_woning | huur_hoger_door_voorziening | vorige_maand_huurtoeslag_zonder_verhuizing |
      | 1       | 1980-05-05    | 1               | false                | 1400000          | 0        | 0                           | false          | false               | true                 | true                   | false                       | false                                      |
    And the following "huur" data with key "persoon":
      | persoon | huurprijs | redelijke_huurprijs | servicekosten_energie | servicekosten_schoonmaak | servicekosten_huismeester | servicekosten_ruimten | huurt_woonwagen |
      | 1       | 72000     | null                | 1200                  | 1200                     | 1200                      | 1200                  | false           |
    When I evaluate outputs "rekenhuur, heeft_aanspraak_op_huurtoeslag, huurtoeslag_per_maand, toegekende_huurtoeslag" of "wet_op_de_huurtoeslag"
    Then output "rekenhuur" equals 76800
    And output "heeft_aanspraak_op_huurtoeslag" is true
    And output "huurtoeslag_per_maand" is unknown because of "basishuur"
    And output "toegekende_huurtoeslag" is unknown because of "basishuur"

  Scenario Outline: met een bekende basishuur van <basishuur> cent volgt het bedrag wel
    Given the calculation date is "2025-06-01"
    And the following "huishouden" data with key "persoon":
      | persoon | geboortedatum | aantal_personen | heeft_toeslagpartner | toetsingsinkomen | toetsingsinkomen_medebewoners | rekeninkomen_pensioengerechtigden | vermogen | extra_vrijstelling_vermogen | medebewoner_heeft_te_veel_vermogen | heeft_handicap | iemand_heeft_pensioenleeftijd | woning_is_aangepast | inschrijving_voldoet | is_zelfstandige_woning | huur_hoger_door_voorziening | woning_voor_acht_personen | vorige_maand_huurtoeslag_zonder_verhuizing | basishuur   |
      | 1       | 1980-05-05    | <personen>      | false                | 1400000          | 0                             | 0                                 | 0        | 0                           | false                              | false          | false                         | false               | true                 | true                   | false                       | false                     | false                                      | <basishuur> |
    And the following "huur" data with key "persoon":
      | persoon | huurprijs | redelijke_huurprijs | servicekosten_energie | servicekosten_schoonmaak | servicekosten_huismeester | servicekosten_ruimten | huurt_woonwagen |
      | 1       | 72000     | null                | 1200                  | 1200                     | 1200                      | 1200                  | false           |
    When I evaluate outputs "huurtoeslag_per_maand, toegekende_huurtoeslag" of "wet_op_de_huurtoeslag"
    Then output "huurtoeslag_per_maand" equals <per_maand>
    And output "toegekende_huurtoeslag" equals <toegekend>

    Examples:
      | personen | basishuur | per_maand | toegekend |
      | 1        | 20000     | 44496     | 534000    |
      | 1        | 50000     | 15294     | 183500    |
      | 2        | 20000     | 41094     | 493100    |
      | 3        | 20000     | 44277     | 531300    |

  Scenario Outline: ieder die in huis woont telt apart, op <datum>
    Given the calculation date is "<datum>"
    And the following "huishouden" data with key "persoon":
      | persoon | geboortedatum | heeft_toeslagpartner | toetsingsinkomen |
      | 1       | 1990-05-05    | false                | 2000000          |
    And the following "medebewoners" data with key "persoon":
      | persoon | toetsingsinkomen | geboortedatum | is_kind |
      | 1       | 700000           | 2003-06-01    | true    |
      | 1       | 400000           | 2010-03-03    | true    |
      | 1       | 900000           | 2002-01-01    | true    |
      | 1       | 1500000          | 1950-01-01    | false   |
      | 2       | 9900000          | 1980-01-01    | false   |
    When I evaluate outputs "aantal_bewoners, inkomen_medebewoners, rekeninkomen, inkomen_pensioengerechtigden, een_ander_is_23_of_ouder, iemand_is_pensioengerechtigd, soort_huishouden" of "wet_op_de_huurtoeslag"
    Then output "aantal_bewoners" equals 5
    And output "inkomen_medebewoners" equals <van_anderen>
    And output "rekeninkomen" equals <rekeninkomen>
    And output "inkomen_pensioengerechtigden" equals 1500000
    And output "een_ander_is_23_of_ouder" is true
    And output "iemand_is_pensioengerechtigd" is true
    And output "soort_huishouden" equals "MEERPERSOONS"

    Examples:
      | datum      | van_anderen | rekeninkomen |
      | 2024-06-01 | 1906000     | 3906000      |
      | 2025-06-01 | 2495800     | 4495800      |

  Scenario: met een partner boven de AOW-leeftijd en een kind
    Given the calculation date is "2025-06-01"
    And the following "huishouden" data with key "persoon":
      | persoon | geboortedatum | heeft_toeslagpartner | toetsingsinkomen | toetsingsinkomen_partner | geboortedatum_partner |
      | 1       | 1975-05-05    | true                 | 1000000          | 1800000                  | 1950-02-02            |
    And the following "medebewoners" data with key "persoon":
      | persoon | toetsingsinkomen | geboortedatum | is_kind |
      | 1       | 604300           | 2012-06-01    | true    |
    When I evaluate outputs "aantal_bewoners, rekeninkomen, inkomen_pensioengerechtigden, soort_huishouden, een_ander_is_23_of_ouder" of "wet_op_de_huurtoeslag"
    Then output "aantal_bewoners" equals 3
    And output "rekeninkomen" equals 2800100
    And output "inkomen_pensioengerechtigden" equals 1800000
    And output "soort_huishouden" equals "MEERPERSOONSOUDEREN"
    And output "een_ander_is_23_of_ouder" is true

  Scenario: wat van een medebewoner niet bekend is, maakt het inkomen onbekend
    Given the calculation date is "2025-06-01"
    And the following "huishouden" data with key "persoon":
      | persoon | geboortedatum | heeft_toeslagpartner | toetsingsinkomen |
      | 1       | 1990-05-05    | false                | 2000000          |
    And the following "medebewoners" data with key "persoon":
      | persoon | toetsingsinkomen | geboortedatum |
      | 1       | 700000           | 2003-06-01    |
    When I evaluate outputs "rekeninkomen, aantal_bewoners" of "wet_op_de_huurtoeslag"
    Then output "rekeninkomen" is unknown because of "medebewoners.is_kind"
    And output "aantal_bewoners" equals 2

  Scenario: in 2026 is de vrijstelling voor kinderen niet bij de hand
    Given the calculation date is "2026-06-01"
    And the following "huishouden" data with key "persoon":
      | persoon | geboortedatum | heeft_toeslagpartner | toetsingsinkomen |
      | 1       | 1990-05-05    | false                | 2000000          |
    And the following "medebewoners" data with key "persoon":
      | persoon | toetsingsinkomen | geboortedatum | is_kind |
      | 1       | 700000           | 2005-06-01    | true    |
    When I evaluate outputs "rekeninkomen, aantal_bewoners, een_ander_is_21_of_ouder" of "wet_op_de_huurtoeslag"
    Then output "rekeninkomen" is unknown because of "vrijstelling_inkomen_kind"
    And output "aantal_bewoners" equals 2
    And output "een_ander_is_21_of_ouder" is true
