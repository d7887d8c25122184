Feature: Kwijtschelding zonder eigen keuze van de gemeente: 90 procent van de norm
  Norm van januari 2025: alleen 1.345,45, paar 1.922,07, met AOW-leeftijd 1.501,07 en 2.053,48.

  Scenario Outline: <wat>
    Given law "uitvoeringsregeling_invorderingswet_1990" is loaded
    And law "participatiewet" is loaded
    And the calculation date is "2025-03-01"
    And parameter "gemeente_code" is "GM0000"
    And parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm | heeft_pensioenleeftijd | partner_heeft_pensioenleeftijd | verhoging_bij_pensioen | openstaand_bedrag | inkomsten_per_maand | inkomsten_partner_per_maand | weigeringsgrond_vastgesteld | bedrag_later_te_betalen |
      | 1       | <vorm>   | <aow>                  | <partner_aow>                  | <verhoging>            | <open>            | <inkomen>           | <van_partner>               | <weigeren>                  | <later>                 |
    And the following "budget" data with key "persoon":
      | persoon | netto_woonlasten_die_meetellen | netto_zorgpremie_die_meetelt | andere_uitgaven_die_meetellen | overige_bezittingen | financiele_middelen | hoger_bevoorrechte_schulden | woonlasten_per_maand | zorgpremie_per_maand |
      | 1       | <uitgaven>                     | 0                            | 0                             | <bezit>             | <bank>              | <schuld>                    | 50000                | 15000                |
    When I evaluate "kwijtschelding" of "uitvoeringsregeling_invorderingswet_1990"
    Then output "kwijtschelding" equals <bedrag>

    Examples:
      | wat                                 | vorm                | aow   | partner_aow | verhoging | open  | inkomen | van_partner | weigeren | later | uitgaven | bezit | bank   | schuld | bedrag |
      | inkomen onder de kosten van bestaan | ALLEENSTAAND        | false | null        | null      | 40000 | 118000  | null        | false    | 0     | 0        | 0     | 100000 | 0      | 40000  |
      | inkomen op de norm                  | ALLEENSTAAND        | false | null        | null      | 40000 | 134545  | null        | false    | 0     | 0        | 0     | 0      | 0      | 0      |
      | inkomen op de norm met uitgaven     | ALLEENSTAAND        | false | null        | null      | 40000 | 134545  | null        | false    | 0     | 13000    | 0     | 0      | 0      | 35637  |
      | alleen met kinderen, iets meer      | ALLEENSTAANDE_OUDER | false | null        | null      | 40000 | 123000  | null        | false    | 0     | 0        | 0     | 0      | 0      | 21669  |
      | paar met twee inkomens              | PAAR                | false | false       | null      | 60000 | 100000  | 75000       | false    | 0     | 0        | 0     | 0      | 0      | 40668  |
      | spaargeld boven de vrijstelling     | ALLEENSTAAND        | false | null        | null      | 40000 | 100000  | null        | false    | 0     | 0        | 0     | 200000 | 0      | 26091  |
      | bezit met schuld die voorgaat       | ALLEENSTAAND        | false | null        | null      | 40000 | 100000  | null        | false    | 0     | 0        | 30000 | 0      | 20000  | 30000  |
      | te veel inkomen                     | ALLEENSTAAND        | false | null        | null      | 40000 | 180000  | null        | false    | 0     | 0        | 0     | 0      | 0      | 0      |
      | weigeringsgrond                     | ALLEENSTAAND        | false | null        | null      | 40000 | 100000  | null        | true     | 0     | 0        | 0     | 0      | 0      | 0      |
      | een deel is later te betalen        | ALLEENSTAAND        | false | null        | null      | 40000 | 100000  | null        | false    | 15000 | 0        | 0     | 0      | 0      | 25000  |
      | alleen met AOW                      | ALLEENSTAAND        | true  | null        | 1049      | 40000 | 140000  | null        | false    | 0     | 0        | 0     | 0      | 0      | 2995   |
      | paar, een met AOW                   | PAAR                | false | true        | 1049      | 40000 | 100000  | 90000       | false    | 0     | 0        | 0     | 0      | 0      | 277    |
