Feature: Rekenvoorbeelden van de bijstandsnorm die elders verkeerd zijn
  Wat andere projecten verwachten en wat artikel 20 en 21 zeggen. Waarom staat in docs/explanation/worked-examples.md.
  W080 (Diemen, 2022) en het bedrag van 2022 in W081 kunnen niet: de normen van 2022 en verlagen om gedrag staan niet in deze bestanden.

  Background:
    Given law "participatiewet" is loaded
    And law "algemene_ouderdomswet" is loaded

  Scenario Outline: <voorbeeld> norm van een alleenstaande, geboren op <geboren>, op <datum>
    Given the calculation date is "<datum>"
    And parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm     | geboortedatum | geboortedatum_partner | heeft_ten_laste_komende_kinderen |
      | 1       | ALLEENSTAAND | <geboren>     | null                  | false                            |
    When I evaluate outputs "bijstandsnorm, bijstandsnorm_zonder_vakantietoeslag" of "participatiewet"
    Then output "bijstandsnorm" equals <norm>
    And output "bijstandsnorm_zonder_vakantietoeslag" equals <zonder>

    Examples:
      | voorbeeld | datum      | geboren    | norm   | zonder |
      | W081      | 2024-01-01 | 2005-01-01 | 31694  | 30109  |
      | W081      | 2025-07-01 | 2006-01-01 | 33798  | 32108  |
      | W090      | 2025-01-01 | 1980-01-01 | 134545 | 127818 |
