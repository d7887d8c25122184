"""Child of the kill test: tables, content and 40 residents, half of whom chose digital; prints their ids."""

from __future__ import annotations

from datetime import date


def main() -> None:
    from tests.anything import declare_everything
    from waardig.shell import system

    declare_everything()
    system.prepare(owner=True)
    system.migrate()

    from tests.inbox.builders import TODAY, a_resident
    from waardig.access.actions import set_business_date
    from waardig.catalogue.actions import publish
    from waardig.inbox.actions import set_preference
    from waardig.inbox.terms import Channel
    from waardig.kernel.content import content_roots

    publish(content_roots())
    set_business_date(date(2025, 4, 28))
    for number in range(40):
        person = a_resident()
        if number % 2:
            set_preference(person, "iit.voorstel", Channel.DIGITAL, where="web", on=TODAY)
        print(person, flush=True)


if __name__ == "__main__":
    main()
