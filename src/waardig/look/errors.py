"""What a field asks when it was filled in wrong: one sentence for each error, that says what to do."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

ERRORS = {
    "household_empty": _("Kies met wie u woont."),
    "wealth_empty": _("Vul uw spaargeld in, bijvoorbeeld 12.500. Hebt u niets? Vul 0 in."),
    "wealth_not_a_number": _("Vul uw spaargeld in als getal, bijvoorbeeld 12.500."),
    "wealth_negative": _("Vul uw spaargeld in als 0 of meer. Schulden hoeft u hier niet in te vullen."),
    "account_empty": _("Kies op welke rekening u het geld wilt."),
    "account_not_iban": _(
        "Vul een heel rekeningnummer in, bijvoorbeeld NL91 ABNA 0417 1643 00. Kijk of elk teken klopt."
    ),
    "note_empty": _("Schrijf op wat niet klopt. Eén zin is genoeg."),
    "too_long": _("Maak uw tekst korter. Er passen 2.000 tekens in."),
    "answer_empty": _("Kies ja of nee."),
    "correction_empty": _("Vul in wat het moet zijn. Weet u dat niet? Schrijf dan: ik weet het niet."),
    "question_empty": _("Schrijf uw vraag op. Eén zin is genoeg."),
    "channel_empty": _("Kies digitaal of papier."),
    "day_wrong": _("Vul een dag in, bijvoorbeeld 23-06-2025."),
    "day_impossible": _("Deze dag kan niet. Kijk of u hem goed overnam."),
    "place_empty": _("Vul in waar en hoe laat, zodat de inwoner het weet."),
    "hearing_too_soon": _("Deze dag is te vroeg. De inwoner moet nog 10 dagen stukken kunnen sturen."),
    "hearing_missing": _("Er is niet gehoord en deze reden geldt hier niet. Nodig uit of kies een andere reden."),
    "chance_not_given": _("De inwoner kan nog aanvullen, of het bezwaar is op tijd en volledig."),
    "postponed_too_far": _("Zo lang uitstellen mag alleen als de inwoner het goedvindt."),
    "amount_too_low": _("Dit bedrag is te laag. Het moet meer zijn dan in het eerste besluit, of wat de wet geeft."),
    "review_empty": _("Kies wat u beslist op het bezwaar."),
    "review_amount": _("Vul het hele nieuwe bedrag in. Alleen bij gegrond of deels gegrond."),
    "not_yours": _("Een collega behandelt dit, of u was betrokken bij het eerste besluit."),
    "phone_not_a_number": _("Vul een telefoonnummer in, bijvoorbeeld 06 00 00 01 23."),
    "outcome_empty": _("Kies wat u beslist: toekennen of afwijzen."),
    "reason_empty": _("Schrijf uw reden op. De inwoner leest die."),
    "reason_too_short": _("Schrijf uw reden op in ten minste 40 tekens. De inwoner moet hem begrijpen."),
    "ask_empty": _("Schrijf op wat u van de inwoner wilt weten."),
    "amount_not_a_number": _("Vul het bedrag in als getal, bijvoorbeeld 521,97."),
    "other_total": _("Dit is niet het totaal van de lijst. Kijk de lijst na en typ het totaal dat er staat."),
    "nothing_chosen": _("Kies ten minste 1 zaak."),
    "not_seen": _("U koos een zaak die u nog niet bekeek. Bekijk die eerst."),
    "over_mandate": _("Dit bedrag is hoger dan uw mandaat. Geef de zaak aan een collega."),
    "already_decided": _("Een collega besliste deze zaak al. Haal de pagina opnieuw op."),
    "person_not_found": _("Wij vinden niemand met deze gegevens. Kijk of u alles goed overnam."),
    "identification_empty": _("Kies hoe u zag wie dit is."),
    "code_unknown": _("Wij kennen deze code niet. Kijk op uw brief en vul de 8 tekens opnieuw in."),
    "answer_too_short": _("Schrijf uw antwoord op in ten minste 20 tekens. De inwoner moet het begrijpen."),
    "correction_open": _("Er loopt nog een melding over een gegeven in deze zaak. Beantwoord die eerst."),
    "norm_against": _(
        "U vindt dat aan een voorwaarde niet is voldaan. Dan kunt u niet toekennen. "
        "Kies afwijzen, of kijk nog eens naar die voorwaarde."
    ),
    "value_wrong": _("Deze waarde past niet bij het gegeven. Kijk naar het voorbeeld en vul het opnieuw in."),
    "verdict_empty": _("Kies wat u vond: gelijk of niet."),
    "check_amount": _("Vul een bedrag in als getal, bijvoorbeeld 12.500. Hebt u niets? Vul 0 in."),
    "check_number": _("Vul een heel getal in, bijvoorbeeld 3."),
    "check_date": _("Vul een datum in, bijvoorbeeld 8 november 1966."),
    "check_future": _("Deze dag moet nog komen. Kijk of het jaar klopt."),
    "check_choice": _("Kies een antwoord. Weet u het niet? Kies dan: ik weet het niet."),
    "check_low": _("Vul 0 of meer in."),
    "check_high": _("Dit getal is te hoog. Kijk of er te veel cijfers staan."),
    "themes_empty": _("Kies ten minste 1 ding waarmee iemand mag helpen."),
    "rights_empty": _("Kies wat de helper mag: meelezen, of meelezen en regelen."),
    "months_empty": _("Kies hoe lang iemand mag helpen."),
    "mandate_code_unknown": _("Wij kennen deze code niet, of hij is verlopen. Vraag een nieuwe code."),
    "origin_empty": _("Kies hoe de toestemming binnenkwam."),
    "form_reference_empty": _("Vul het kenmerk in van het formulier met de handtekening."),
}
