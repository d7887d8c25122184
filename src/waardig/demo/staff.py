"""Who works in Rietwaarden, and can be signed in as; everything about them is made up."""

from __future__ import annotations

from waardig.identity.terms import Kind, Persona, Role

FATMA = Persona(
    id="fatma",
    name="Fatma Yıldız",
    line="Werkt aan het loket. Ziet wat de inwoner ziet.",
    kind=Kind.EMPLOYEE,
    age=29,
    employee_number="f.yildiz",
    organisation="Rietwaarden",
    roles=(Role.COUNTER,),
)
DECIDERS = (
    Persona(
        id="willem",
        name="Willem de Graaf",
        line="Beslist over aanvragen tot € 1.000.",
        kind=Kind.EMPLOYEE,
        age=51,
        employee_number="w.degraaf",
        organisation="Rietwaarden",
        roles=(Role.DECIDER,),
        mandate_limit_eurocent=100_000,
    ),
    Persona(
        id="petra",
        name="Petra van Dam",
        line="Leidt het team Inkomen. Beslist over aanvragen tot € 5.000.",
        kind=Kind.EMPLOYEE,
        age=57,
        employee_number="p.vandam",
        organisation="Rietwaarden",
        roles=(Role.DECIDER,),
        mandate_limit_eurocent=500_000,
    ),
)
PAYERS = tuple(
    Persona(
        id=name.split()[0].lower(),
        name=name,
        line=line,
        kind=Kind.EMPLOYEE,
        age=age,
        employee_number=number,
        organisation="Rietwaarden",
        roles=(Role.PAYER,),
    )
    for name, line, age, number in (
        ("Nadia Visser", "Maakt lijsten van wat er betaald moet worden.", 38, "n.visser"),
        ("Joost Dekker", "Kijkt lijsten na en geeft ze vrij.", 44, "j.dekker"),
    )
)

RECORD_KEEPERS = tuple(
    Persona(
        id=name.split()[0].lower(),
        name=name,
        line=line,
        kind=Kind.EMPLOYEE,
        age=age,
        employee_number=number,
        organisation="Rietwaarden",
        roles=(Role.RECORDS,),
    )
    for name, line, age, number in (
        ("Marit Kuiper", "Maakt lijsten van wat vernietigd moet worden.", 47, "m.kuiper"),
        ("Daan Smits", "Kijkt die lijsten na en keurt ze goed.", 35, "d.smits"),
    )
)

BRAM = Persona(
    id="bram",
    name="Bram Hoekstra",
    line="Beheert het systeem. Ziet geen gegevens van inwoners.",
    kind=Kind.EMPLOYEE,
    age=38,
    employee_number="b.hoekstra",
    organisation="Rietwaarden",
    roles=(Role.SYSTEM,),
)

SANNE = Persona(
    id="sanne",
    name="Sanne Post",
    line="Maakt beleid. Beantwoordt vragen die iedereen kan stellen.",
    kind=Kind.EMPLOYEE,
    age=38,
    employee_number="s.post",
    organisation="Rietwaarden",
    roles=(Role.CONTENT,),
)
