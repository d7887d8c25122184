Feature: Huurtoeslag 2013, Wet op de huurtoeslag
  Alle soorten huishoudens, met de formule van artikel 19. Fred, Jasper en Sophie, Rina, en Alfred met zijn gezin zijn de rekenvoorbeelden
  van de Belastingdienst. Die voorbeelden (kolom voorbeeld) kloppen alleen als de normhuur naar beneden wordt afgerond. Artikel 19, derde lid,
  zegt: naar boven (kolom per_maand). Dat scheelt hooguit een cent per maand.

  Background:
    Given law "wet_op_de_huurtoeslag" is loaded
    And law "regeling_huurtoeslaggrenzen" is loaded
    And law "besluit_op_de_huurtoeslag" is loaded
    And law "algemene_ouderdomswet" is loaded
    And the calculation date is "2013-06-01"
    And parameter "persoon" is "1"
    And the following "woning" data with key "persoon":
      | persoon | redelijke_huurprijs | huurt_woonwagen | inschrijving_voldoet | is_zelfstandige_woning | huur_hoger_door_voorziening | woning_voor_acht_personen | vorige_maand_huurtoeslag_zonder_verhuizing | extra_vrijstelling_vermogen | medebewoner_heeft_te_veel_vermogen |
      | 1       | null                | false           | true                 | true                   | false                       | false                     | false                                      | 0                           | false                              |

  Scenario Outline: <naam>
    Given the following "huishouden" data with key "persoon":
      | persoon | geboortedatum | aantal_personen | heeft_toeslagpartner | toetsingsinkomen | toetsingsinkomen_partner | toetsingsinkomen_medebewoners | rekeninkomen_pensioengerechtigden | vermogen | vermogen_partner |
      | 1       | <geboren>     | <personen>      | <partner>            | <eigen>          | <van_partner>            | <van_anderen>                 | <van_ouderen>                     | 0        | 0                |
    And the following "huur" data with key "persoon":
      | persoon | huurprijs | servicekosten_energie | servicekosten_schoonmaak | servicekosten_huismeester | servicekosten_ruimten | medebewoner_is_23_of_ouder | woont_met_kind | heeft_handicap | iemand_heeft_pensioenleeftijd | woning_is_aangepast |
      | 1       | <huur>    | <energie>             | <schoonmaak>             | <huismeester>             | <ruimten>             | <is_23>                    | <kind>         | <handicap>     | <aow>                         | <aangepast>         |
    When I evaluate outputs "soort_huishouden, rekenhuur, huurtoeslag_per_maand, huurtoeslag_per_maand_rekenvoorbeeld" of "wet_op_de_huurtoeslag"
    Then output "soort_huishouden" equals "<soort>"
    And output "rekenhuur" equals <rekenhuur>
    And output "huurtoeslag_per_maand" equals <per_maand>
    And output "huurtoeslag_per_maand_rekenvoorbeeld" equals <voorbeeld>

    Examples:
      | naam                                      | geboren    | personen | partner | eigen   | van_partner | van_anderen | van_ouderen | huur  | energie | schoonmaak | huismeester | ruimten | is_23 | kind  | handicap | aow   | aangepast | soort               | rekenhuur | per_maand | voorbeeld |
      | W022 Fred                                 | 1994-01-01 | 1        | false   | 1450000 | null        | 0           | 0           | 32000 | 1200    | 1500       | 1100        | 0       | false | false | false    | false | false     | EENPERSOONS         | 35500     | 13282     | 13282     |
      | W023 Jasper en Sophie                     | 1984-01-01 | 2        | true    | 2000000 | 500000      | 0           | 0           | 51000 | 0       | 0          | 0           | 0       | true  | false | false    | false | false     | MEERPERSOONS        | 51000     | 12083     | 12084     |
      | Rina                                      | 1947-12-31 | 1        | false   | 1500000 | null        | 0           | 1500000     | 51300 | 1600    | 1600       | 2000        | 1100    | false | false | false    | true  | false     | EENPERSOONSOUDEREN  | 56000     | 26867     | 26867     |
      | Alfred, Yasmine en Sem                    | 1947-01-01 | 3        | true    | 2000000 | 0           | 500000      | 2000000     | 56000 | 0       | 0          | 0           | 0       | true  | true  | false    | true  | false     | MEERPERSOONSOUDEREN | 56000     | 19615     | 19616     |
      | alleen op het ijkpunt                     | 1980-05-05 | 1        | false   | 1487500 | null        | 0           | 0           | 45000 | 0       | 0          | 0           | 0       | false | false | false    | false | false     | EENPERSOONS         | 45000     | 20137     | 20137     |
      | alleen een euro boven het ijkpunt         | 1980-05-05 | 1        | false   | 1487600 | null        | 0           | 0           | 45000 | 0       | 0          | 0           | 0       | false | false | false    | false | false     | EENPERSOONS         | 45000     | 20134     | 20135     |
      | alleen op het norminkomen                 | 1980-05-05 | 1        | false   | 2102500 | null        | 0           | 0           | 68102 | 0       | 0          | 0           | 0       | false | false | false    | false | false     | EENPERSOONS         | 68102     | 14672     | 14672     |
      | alleen een euro boven het norminkomen     | 1980-05-05 | 1        | false   | 2102600 | null        | 0           | 0           | 60000 | 0       | 0          | 0           | 0       | false | false | false    | false | false     | EENPERSOONS         | 60000     | 0         | 0         |
      | paar zonder deel boven de aftoppingsgrens | 1980-05-05 | 2        | true    | 1200000 | 400000      | 0           | 0           | 65000 | 0       | 0          | 0           | 0       | true  | false | false    | false | false     | MEERPERSOONS        | 65000     | 25722     | 25722     |
      | paar in een aangepaste woning             | 1980-05-05 | 2        | true    | 1200000 | 400000      | 0           | 0           | 65000 | 0       | 0          | 0           | 0       | true  | false | false    | false | true      | MEERPERSOONS        | 65000     | 30285     | 30285     |
      | ouder met twee kinderen                   | 1980-05-05 | 3        | false   | 1800000 | null        | 0           | 0           | 57000 | 0       | 0          | 0           | 0       | false | true  | false    | false | false     | MEERPERSOONS        | 57000     | 27937     | 27937     |
      | paar op het norminkomen                   | 1980-05-05 | 2        | true    | 2000000 | 855000      | 0           | 0           | 53591 | 0       | 0          | 0           | 0       | true  | false | false    | false | false     | MEERPERSOONS        | 53591     | 6963      | 6964      |
      | alleen met AOW op het norminkomen         | 1940-01-01 | 1        | false   | 2110000 | null        | 0           | 2110000     | 60000 | 0       | 0          | 0           | 0       | false | false | false    | true  | false     | EENPERSOONSOUDEREN  | 60000     | 11903     | 11903     |
      | paar met AOW                              | 1940-01-01 | 2        | true    | 1200000 | 1000000     | 0           | 2200000     | 60000 | 0       | 0          | 0           | 0       | true  | false | false    | true  | false     | MEERPERSOONSOUDEREN | 60000     | 28131     | 28132     |
      | paar, de helft van wie AOW heeft          | 1940-01-01 | 2        | true    | 1000000 | 1000000     | 0           | 1000000     | 60000 | 0       | 0          | 0           | 0       | true  | false | false    | true  | false     | MEERPERSOONS        | 60000     | 26803     | 26804     |
      | paar, meer dan de helft van wie AOW heeft | 1940-01-01 | 2        | true    | 1000100 | 1000000     | 0           | 1000100     | 60000 | 0       | 0          | 0           | 0       | true  | false | false    | true  | false     | MEERPERSOONSOUDEREN | 60000     | 28648     | 28648     |
      | jonger dan 23 met een kind                | 1992-12-18 | 2        | false   | 1000000 | null        | 0           | 0           | 50000 | 0       | 0          | 0           | 0       | false | true  | false    | false | false     | MEERPERSOONS        | 50000     | 23387     | 23387     |
      | jonger dan 23 met een handicap            | 1992-12-18 | 1        | false   | 1000000 | null        | 0           | 0           | 68102 | 0       | 0          | 0           | 0       | false | false | true     | false | false     | EENPERSOONS         | 68102     | 31526     | 31526     |
      | huur onder het eigen deel                 | 1980-05-05 | 1        | false   | 1000000 | null        | 0           | 0           | 22000 | 0       | 0          | 0           | 0       | false | false | false    | false | false     | EENPERSOONS         | 22000     | 0         | 0         |

  Scenario Outline: huurgrens: <wie>
    Given the following "huishouden" data with key "persoon":
      | persoon | geboortedatum | aantal_personen | medebewoner_is_23_of_ouder | woont_met_kind | heeft_handicap |
      | 1       | <geboren>     | <personen>      | <is_23>                    | <kind>         | <handicap>     |
    When I evaluate "huurgrens" of "wet_op_de_huurtoeslag"
    Then output "huurgrens" equals <grens>

    Examples:
      | wie                                  | geboren    | personen | is_23 | kind  | handicap | grens |
      | W031 jonger dan 23 jaar, zonder kind | 1992-12-18 | 1        | false | false | false    | 37444 |
      | W032 jonger dan 23 jaar, met kind    | 1992-12-18 | 2        | false | true  | false    | 68102 |
      | W033 jonger dan 23 jaar, handicap    | 1992-12-18 | 1        | false | false | true     | 68102 |
      | de partner is 23                     | 1992-12-18 | 2        | true  | false | false    | 68102 |
      | wordt vandaag 23 jaar                | 1990-06-01 | 1        | false | false | false    | 68102 |
      | wordt morgen 23 jaar                 | 1990-06-02 | 1        | false | false | false    | 37444 |

  Scenario Outline: rekenhuur: <wat>
    Given the following "huur" data with key "persoon":
      | persoon | huurprijs | redelijke_huurprijs | servicekosten_energie | servicekosten_schoonmaak | servicekosten_huismeester | servicekosten_ruimten | huurt_woonwagen | huur_standplaats |
      | 1       | 30000     | <redelijk>          | <e>                   | <s>                      | <h>                       | <r>                   | <woonwagen>     | <standplaats>    |
    When I evaluate "rekenhuur" of "wet_op_de_huurtoeslag"
    Then output "rekenhuur" equals <rekenhuur>

    Examples:
      | wat                                   | redelijk | e    | s    | h    | r    | woonwagen | standplaats | rekenhuur |
      | W034 elk soort kosten tot 12 euro     | null     | 4000 | 3000 | 3000 | 1000 | false     | null        | 34600     |
      | alles onder de 12 euro                | null     | 1000 | 1000 | 1000 | 1000 | false     | null        | 34000     |
      | de huurcommissie vindt minder redelijk | 28000    | 0    | 0    | 0    | 0    | false     | null        | 28000     |
      | de huurcommissie vindt meer redelijk  | 32000    | 0    | 0    | 0    | 0    | false     | null        | 30000     |
      | een woonwagen met standplaats         | null     | 0    | 0    | 0    | 0    | true      | 5000        | 35000     |

  Scenario Outline: te hoge huur: <wat>
    Given the following "huishouden" data with key "persoon":
      | persoon | geboortedatum | aantal_personen | heeft_toeslagpartner | toetsingsinkomen | toetsingsinkomen_medebewoners | rekeninkomen_pensioengerechtigden | vermogen | huur_hoger_door_voorziening | vorige_maand_huurtoeslag_zonder_verhuizing | woning_voor_acht_personen |
      | 1       | 1980-05-05    | <personen>      | false                | 1000000          | 0                             | 0                                 | 0        | <voorziening>               | <vorige>                                   | <voor_acht>               |
    And the following "huur" data with key "persoon":
      | persoon | huurprijs | servicekosten_energie | servicekosten_schoonmaak | servicekosten_huismeester | servicekosten_ruimten | medebewoner_is_23_of_ouder | woont_met_kind | heeft_handicap | iemand_heeft_pensioenleeftijd | woning_is_aangepast |
      | 1       | 75000     | 0                     | 0                        | 0                         | 0                     | false                      | false          | false          | false                         | false               |
    When I evaluate outputs "huur_voldoet, huurtoeslag_per_maand" of "wet_op_de_huurtoeslag"
    Then output "huur_voldoet" is <voldoet>
    And output "huurtoeslag_per_maand" equals <per_maand>

    Examples:
      | wat                          | personen | voorziening | vorige | voor_acht | voldoet | per_maand |
      | geen uitzondering            | 1        | false       | false  | false     | false   | 0         |
      | voorziening om een handicap  | 1        | true        | false  | false     | true    | 31526     |
      | had al huurtoeslag           | 1        | false       | true   | false     | true    | 31526     |
      | acht personen                | 8        | false       | false  | true      | true    | 28220     |
      | zeven personen               | 7        | false       | false  | true      | false   | 0         |

  Scenario Outline: vermogen en andere voorwaarden: <wat>
    Given the following "huishouden" data with key "persoon":
      | persoon | geboortedatum | aantal_personen | heeft_toeslagpartner | toetsingsinkomen | toetsingsinkomen_partner | toetsingsinkomen_medebewoners | rekeninkomen_pensioengerechtigden | vermogen | vermogen_partner | extra_vrijstelling_vermogen | medebewoner_heeft_te_veel_vermogen |
      | 1       | <geboren>     | <personen>      | <partner>            | 1000000          | 0                        | 0                             | 0                                 | <eigen>  | <van_partner>    | <extra>                     | <ander>                            |
    And the following "huur" data with key "persoon":
      | persoon | huurprijs | servicekosten_energie | servicekosten_schoonmaak | servicekosten_huismeester | servicekosten_ruimten | medebewoner_is_23_of_ouder | woont_met_kind | heeft_handicap | iemand_heeft_pensioenleeftijd | woning_is_aangepast | inschrijving_voldoet | onjuiste_inschrijving_niet_toe_te_rekenen | is_zelfstandige_woning | is_aangewezen_woonruimte |
      | 1       | 37000     | 0                     | 0                        | 0                         | 0                     | false                      | false          | false          | false                         | false               | <inschrijving>       | <buiten_schuld>                           | <zelfstandig>          | <aangewezen>             |
    When I evaluate "heeft_aanspraak_op_huurtoeslag" of "wet_op_de_huurtoeslag"
    Then output "heeft_aanspraak_op_huurtoeslag" is <aanspraak>

    Examples:
      | wat                              | geboren    | personen | partner | eigen   | van_partner | extra   | ander | inschrijving | buiten_schuld | zelfstandig | aangewezen | aanspraak |
      | op de grens                      | 1980-05-05 | 1        | false   | 2113900 | null        | 0       | false | true         | false         | true        | false      | true      |
      | een cent meer                    | 1980-05-05 | 1        | false   | 2113901 | null        | 0       | false | true         | false         | true        | false      | false     |
      | ouder met extra vrijstelling     | 1940-05-05 | 1        | false   | 4912300 | null        | 2798400 | false | true         | false         | true        | false      | true      |
      | samen op de dubbele grens        | 1980-05-05 | 2        | true    | 4000000 | 227800      | 0       | false | true         | false         | true        | false      | true      |
      | samen een cent meer              | 1980-05-05 | 2        | true    | 4000000 | 227801      | 0       | false | true         | false         | true        | false      | false     |
      | een medebewoner met vermogen     | 1980-05-05 | 3        | true    | 0       | 0           | 0       | true  | true         | false         | true        | false      | false     |
      | 17 jaar                          | 1995-06-02 | 1        | false   | 0       | null        | 0       | false | true         | false         | true        | false      | false     |
      | 18 jaar                          | 1995-06-01 | 1        | false   | 0       | null        | 0       | false | true         | false         | true        | false      | true      |
      | niet ingeschreven                | 1980-05-05 | 1        | false   | 0       | null        | 0       | false | false        | false         | true        | false      | false     |
      | buiten schuld niet ingeschreven  | 1980-05-05 | 1        | false   | 0       | null        | 0       | false | false        | true          | true        | false      | true      |
      | een kamer                        | 1980-05-05 | 1        | false   | 0       | null        | 0       | false | true         | false         | false       | false      | false     |
      | een aangewezen kamer             | 1980-05-05 | 1        | false   | 0       | null        | 0       | false | true         | false         | false       | true       | true      |

  Scenario: het inkomen is niet bekend, dan is het bedrag onbekend en niet nul
    Given the following "huishouden" data with key "persoon":
      | persoon | geboortedatum | aantal_personen | heeft_toeslagpartner | vermogen |
      | 1       | 1980-05-05    | 1               | false                | 0        |
    And the following "huur" data with key "persoon":
      | persoon | huurprijs | servicekosten_energie | servicekosten_schoonmaak | servicekosten_huismeester | servicekosten_ruimten | heeft_handicap | woning_is_aangepast |
      | 1       | 45000     | 0                     | 0                        | 0                         | 0                     | false          | false               |
    When I evaluate "huurtoeslag_per_maand" of "wet_op_de_huurtoeslag"
    Then output "huurtoeslag_per_maand" is unknown because of "toetsingsinkomen"

  Scenario Outline: het soort huishouden volgt uit wie er in huis woont: <naam>
    Given the following "huishouden" data with key "persoon":
      | persoon | geboortedatum | heeft_toeslagpartner | geboortedatum_partner | toetsingsinkomen | toetsingsinkomen_partner | vermogen | vermogen_partner |
      | 1       | <geboren>     | <partner>            | <partner_geboren>     | <eigen>          | <van_partner>            | 0        | 0                |
    And the following "medebewoners" data with key "persoon":
      | persoon  | toetsingsinkomen | geboortedatum | is_kind   |
      | <bij>    | <inkomen>        | <ander>       | <is_kind> |
      | <ook>    | 0                | 2005-05-05    | true      |
    And the following "huur" data with key "persoon":
      | persoon | huurprijs | servicekosten_energie | servicekosten_schoonmaak | servicekosten_huismeester | servicekosten_ruimten | woont_met_kind | heeft_handicap | woning_is_aangepast |
      | 1       | <huur>    | <kosten>              | <kosten>                 | <huismeester>             | <ruimten>             | <kind>         | false          | false               |
    When I evaluate outputs "aantal_bewoners, rekeninkomen, soort_huishouden, huurtoeslag_per_maand" of "wet_op_de_huurtoeslag"
    Then output "aantal_bewoners" equals <personen>
    And output "rekeninkomen" equals <rekeninkomen>
    And output "soort_huishouden" equals "<soort>"
    And output "huurtoeslag_per_maand" equals <per_maand>

    Examples:
      | naam                                      | geboren    | partner | partner_geboren | eigen   | van_partner | bij | inkomen | ander      | is_kind | ook | huur  | kosten | huismeester | ruimten | kind  | personen | rekeninkomen | soort               | per_maand |
      | W022 Fred                                 | 1994-01-01 | false   | null            | 1450000 | null        | 2   | 0       | 1990-01-01 | false   | 2   | 32000 | 1200   | 1100        | 0       | false | 1        | 1450000      | EENPERSOONS         | 13282     |
      | W023 Jasper en Sophie                     | 1984-01-01 | true    | 1986-01-01      | 2000000 | 500000      | 2   | 0       | 1990-01-01 | false   | 2   | 51000 | 0      | 0           | 0       | false | 2        | 2500000      | MEERPERSOONS        | 12083     |
      | Rina                                      | 1947-12-31 | false   | null            | 1500000 | null        | 2   | 0       | 1990-01-01 | false   | 2   | 51300 | 1600   | 2000        | 1100    | false | 1        | 1500000      | EENPERSOONSOUDEREN  | 26867     |
      | Alfred, Yasmine en Sem                    | 1947-01-01 | true    | 1955-01-01      | 2000000 | 0           | 1   | 500000  | 1985-01-01 | true    | 2   | 56000 | 0      | 0           | 0       | true  | 3        | 2500000      | MEERPERSOONSOUDEREN | 19615     |
      | ouder met twee kinderen                   | 1980-05-05 | false   | null            | 1800000 | null        | 1   | 0       | 2003-03-03 | true    | 1   | 57000 | 0      | 0           | 0       | true  | 3        | 1800000      | MEERPERSOONS        | 27937     |
      | paar met AOW                              | 1940-01-01 | true    | 1941-01-01      | 1200000 | 1000000     | 2   | 0       | 1990-01-01 | false   | 2   | 60000 | 0      | 0           | 0       | false | 2        | 2200000      | MEERPERSOONSOUDEREN | 28131     |
      | paar, de helft van wie AOW heeft          | 1940-01-01 | true    | 1960-01-01      | 1000000 | 1000000     | 2   | 0       | 1990-01-01 | false   | 2   | 60000 | 0      | 0           | 0       | false | 2        | 2000000      | MEERPERSOONS        | 26803     |
      | paar, meer dan de helft van wie AOW heeft | 1940-01-01 | true    | 1960-01-01      | 1000100 | 1000000     | 2   | 0       | 1990-01-01 | false   | 2   | 60000 | 0      | 0           | 0       | false | 2        | 2000100      | MEERPERSOONSOUDEREN | 28648     |
      | de oudste woont in                        | 1980-05-05 | false   | null            | 1000000 | null        | 1   | 1200000 | 1940-01-01 | false   | 2   | 60000 | 0      | 0           | 0       | false | 2        | 2200000      | MEERPERSOONSOUDEREN | 28131     |

  Scenario Outline: wat van het inkomen van een kind meetelt: <wat>
    Given the following "huishouden" data with key "persoon":
      | persoon | geboortedatum | heeft_toeslagpartner | toetsingsinkomen | vrijstelling_inkomen_kind |
      | 1       | 1970-05-05    | false                | 2000000          | <vrijstelling>            |
    And the following "medebewoners" data with key "persoon":
      | persoon | toetsingsinkomen | geboortedatum | is_kind   |
      | 1       | <inkomen>        | <geboren>     | <is_kind> |
    When I evaluate "inkomen_medebewoners" of "wet_op_de_huurtoeslag"
    Then output "inkomen_medebewoners" equals <telt_mee>

    Examples:
      | wat                                  | geboren    | is_kind | inkomen | vrijstelling | telt_mee |
      | boven de vrijstelling                | 1995-05-05 | true    | 600000  | 400000       | 200000   |
      | onder de vrijstelling                | 1995-05-05 | true    | 300000  | 400000       | 0        |
      | een verlies telt niet                | 1995-05-05 | true    | -100000 | null         | 0        |
      | was op 1 januari 23 jaar             | 1990-01-01 | true    | 600000  | null         | 600000   |
      | werd op 2 januari 23 jaar            | 1990-01-02 | true    | 600000  | 400000       | 200000   |
      | jong en geen kind van wie er woont   | 1995-05-05 | false   | 600000  | null         | 600000   |
      | geen inkomen                         | 1995-05-05 | true    | 0       | null         | 0        |

  Scenario: zonder de vrijstelling van 2013 is het inkomen onbekend, en wie er woont niet
    Given the following "huishouden" data with key "persoon":
      | persoon | geboortedatum | heeft_toeslagpartner | toetsingsinkomen |
      | 1       | 1970-05-05    | false                | 2000000          |
    And the following "medebewoners" data with key "persoon":
      | persoon | toetsingsinkomen | geboortedatum | is_kind |
      | 1       | 600000           | 1995-05-05    | true    |
    When I evaluate outputs "rekeninkomen, aantal_bewoners, een_ander_is_23_of_ouder" of "wet_op_de_huurtoeslag"
    Then output "rekeninkomen" is unknown because of "vrijstelling_inkomen_kind"
    And output "aantal_bewoners" equals 2
    And output "een_ander_is_23_of_ouder" is false
