Feature: Bijstandsnormen en vermogensgrenzen, artikel 19 tot en met 22 en 34 Participatiewet
  Gepubliceerde bedragen per halfjaar. De norm zonder vakantietoeslag volgt uit artikel 19, derde lid.

  Background:
    Given law "participatiewet" is loaded
    And law "algemene_ouderdomswet" is loaded

  Scenario Outline: norm van <leefvorm> op <datum>
    Given the calculation date is "<datum>"
    And parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm   | geboortedatum | geboortedatum_partner | heeft_ten_laste_komende_kinderen |
      | 1       | <leefvorm> | <geboren>     | <partner>             | <kinderen>                       |
    When I evaluate outputs "bijstandsnorm, bijstandsnorm_zonder_vakantietoeslag" of "participatiewet"
    Then output "bijstandsnorm" equals <norm>
    And output "bijstandsnorm_zonder_vakantietoeslag" equals <zonder>

    Examples:
      | datum      | leefvorm            | geboren    | partner    | kinderen | norm   | zonder |
      | 2019-01-01 | ALLEENSTAAND        | 1980-01-01 | null       | false    | 102555 | 97427  |
      | 2019-06-30 | PAAR                | 1980-01-01 | 1980-01-01 | true     | 146507 | 139182 |
      | 2019-03-01 | ALLEENSTAANDE_OUDER | 1950-01-01 | null       | true     | 114780 | 109041 |
      | 2019-03-01 | PAAR                | 1980-01-01 | 1950-01-01 | false    | 156346 | 148529 |
      | 2019-03-01 | ALLEENSTAAND        | 1999-01-01 | null       | false    | 25317  | 24051  |
      | 2019-03-01 | PAAR                | 1999-01-01 | 1999-01-01 | false    | 50634  | 48102  |
      | 2019-03-01 | PAAR                | 1990-01-01 | 1999-01-01 | false    | 98571  | 93642  |
      | 2019-03-01 | PAAR                | 1999-01-01 | 1999-01-01 | true     | 79935  | 75938  |
      | 2019-03-01 | PAAR                | 1999-01-01 | 1990-01-01 | true     | 127872 | 121478 |
      | 2022-01-01 | ALLEENSTAAND        | 1980-01-01 | null       | false    | 109171 | 103712 |
      | 2022-06-30 | PAAR                | 1980-01-01 | 1980-01-01 | true     | 155958 | 148160 |
      | 2022-03-01 | ALLEENSTAANDE_OUDER | 1950-01-01 | null       | true     | 121306 | 115241 |
      | 2022-03-01 | PAAR                | 1980-01-01 | 1950-01-01 | false    | 164254 | 156041 |
      | 2024-01-01 | ALLEENSTAAND        | 1980-01-01 | null       | false    | 128383 | 121964 |
      | 2024-06-30 | PAAR                | 1980-01-01 | 1980-01-01 | false    | 183404 | 174234 |
      | 2024-07-01 | ALLEENSTAANDE_OUDER | 1980-01-01 | null       | true     | 130845 | 124303 |
      | 2024-12-31 | PAAR                | 1980-01-01 | 1980-01-01 | true     | 186921 | 177575 |
      | 2024-07-01 | ALLEENSTAAND        | 1950-01-01 | null       | false    | 145685 | 138401 |
      | 2024-07-01 | PAAR                | 1980-01-01 | 1950-01-01 | false    | 197664 | 187781 |
      | 2025-01-01 | ALLEENSTAAND        | 1980-01-01 | null       | false    | 134545 | 127818 |
      | 2025-06-30 | PAAR                | 1980-01-01 | 1980-01-01 | false    | 192207 | 182597 |
      | 2025-07-01 | ALLEENSTAAND        | 1980-01-01 | null       | false    | 136906 | 130061 |
      | 2025-07-01 | PAAR                | 1980-01-01 | 1980-01-01 | false    | 195580 | 185801 |
      | 2025-07-01 | PAAR                | 1950-01-01 | 1980-01-01 | false    | 209498 | 199023 |
      | 2025-07-01 | ALLEENSTAAND        | 1950-01-01 | null       | false    | 153021 | 145370 |
      | 2025-07-01 | ALLEENSTAAND        | 2005-01-01 | null       | false    | 33798  | 32108  |
      | 2025-07-01 | PAAR                | 2005-01-01 | 2005-01-01 | false    | 67596  | 64216  |
      | 2025-07-01 | PAAR                | 1990-01-01 | 2005-01-01 | false    | 131588 | 125009 |
      | 2025-07-01 | PAAR                | 2005-01-01 | 2005-01-01 | true     | 106712 | 101376 |
      | 2025-07-01 | PAAR                | 2005-01-01 | 1990-01-01 | true     | 170704 | 162169 |
      | 2024-01-01 | ALLEENSTAAND        | 2005-01-01 | null       | false    | 31694  | 30109  |

  Scenario Outline: vermogensgrens van <leefvorm> op <datum>
    Given the calculation date is "<datum>"
    And parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm   |
      | 1       | <leefvorm> |
    When I evaluate outputs "vermogensgrens, vrijlating_eigen_woning" of "participatiewet"
    Then output "vermogensgrens" equals <grens>
    And output "vrijlating_eigen_woning" equals <woning>

    Examples:
      | datum      | leefvorm            | grens   | woning  |
      | 2019-03-01 | ALLEENSTAAND        | 612000  | 5160000 |
      | 2019-03-01 | ALLEENSTAANDE_OUDER | 1224000 | 5160000 |
      | 2019-03-01 | PAAR                | 1224000 | 5160000 |
      | 2024-03-01 | ALLEENSTAAND        | 757500  | 6390000 |
      | 2024-09-01 | PAAR                | 1515000 | 6390000 |
      | 2025-03-01 | ALLEENSTAAND        | 777000  | 6550000 |
      | 2025-09-01 | ALLEENSTAANDE_OUDER | 1554000 | 6550000 |

  Scenario Outline: vermogensgrens van <leefvorm> in de eerste helft van 2022; de vrijlating van de woning is niet bij de hand
    Given the calculation date is "2022-03-01"
    And parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm   |
      | 1       | <leefvorm> |
    When I evaluate "vermogensgrens" of "participatiewet"
    Then output "vermogensgrens" equals <grens>

    Examples:
      | leefvorm            | grens   |
      | ALLEENSTAAND        | 650500  |
      | ALLEENSTAANDE_OUDER | 1301000 |
      | PAAR                | 1301000 |

  Scenario: de normen onder 21 jaar van 2022 zijn niet bij de hand, dan is de norm onbekend en niet nul
    Given the calculation date is "2022-03-01"
    And parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm     | geboortedatum |
      | 1       | ALLEENSTAAND | 2002-01-01    |
    When I evaluate outputs "bijstandsnorm, bijstandsnorm_zonder_vakantietoeslag" of "participatiewet"
    Then output "bijstandsnorm" is unknown because of "norm_volgens_artikel_20"
    And output "bijstandsnorm_zonder_vakantietoeslag" is unknown because of "norm_volgens_artikel_20"

  Scenario: zocht een medewerker die norm op, dan rekent de wet ermee
    Given the calculation date is "2022-03-01"
    And parameter "persoon" is "1"
    And the following "gemeente" data with key "persoon":
      | persoon | leefvorm     | geboortedatum | norm_volgens_artikel_20 |
      | 1       | ALLEENSTAAND | 2002-01-01    | 20000                   |
    When I evaluate outputs "bijstandsnorm, bijstandsnorm_zonder_vakantietoeslag" of "participatiewet"
    Then output "bijstandsnorm" equals 20000
    And output "bijstandsnorm_zonder_vakantietoeslag" equals 19000
