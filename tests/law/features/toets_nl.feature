# language: nl
Functionaliteit: De staptaal in het Nederlands
  Achtergrond:
    Gegeven de rekendatum is "2025-03-01"
    En wet "toetswet" is geladen
    En de volgende gegevens van "personen" met sleutel "bsn":
      | bsn       | inkomen | heeft_partner | soort |
      | 999990019 | 2840600 | false         | B     |
    En de parameter "bsn" is 999990019

  Scenario: Een gemeente vult de open term
    Gegeven parameter "gemeente_code" is "GM0001"
    Als ik "na_vrijlating" van "toetswet" bereken
    Dan slaagt de berekening
    En is de uitkomst "na_vrijlating" gelijk aan 2830600

  Scenario: Waar, onwaar, leeg en onbekend
    Als ik de uitkomsten "soort_klopt, categorie, recht" van "toetswet" bereken
    Dan is de uitkomst "soort_klopt" waar
    En is de uitkomst "categorie" gelijk aan "GRENS"
    En is de uitkomst "recht" onbekend door "geboortedatum"
    En ontbreekt er niets

  Scenario: Een open norm is aan een mens
    Gegeven de volgende parameters:
      | gemeente_code | GM0001 |
    Als ik "uitkomst" van "toetswet" bereken
    Dan mislukt de berekening met "bijzonder_geval"
