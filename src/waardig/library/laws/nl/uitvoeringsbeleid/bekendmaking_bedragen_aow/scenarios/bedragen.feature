Feature: Bekendgemaakte bedragen van de AOW per half jaar

  Scenario Outline: bruto per maand op <datum>
    Given law "bekendmaking_bedragen_aow" is loaded
    And the calculation date is "<datum>"
    When I evaluate outputs "bruto_ouderdomspensioen_ongehuwde, bruto_ouderdomspensioen_gehuwde" of "bekendmaking_bedragen_aow"
    Then output "bruto_ouderdomspensioen_ongehuwde" equals <alleen>
    And output "bruto_ouderdomspensioen_gehuwde" equals <samen>

    Examples:
      | datum      | alleen | samen  |
      | 2024-01-01 | 154153 | 104760 |
      | 2024-12-31 | 156975 | 106747 |
      | 2025-04-28 | 158092 | 108150 |
      | 2025-07-01 | 161244 | 110397 |
      | 2026-01-01 | 163757 | 112212 |
