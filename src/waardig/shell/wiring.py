"""The only place where events meet handlers and ports meet adapters; start is refused while a port is unbound."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from uuid import UUID

from waardig.kernel import clock
from waardig.kernel.declared import bind_roles
from waardig.kernel.port import PortUnbound, unbound_ports
from waardig.outbox.terms import Handlers
from waardig.values.terms import METER, SCOPE_SOURCE, Scope


class _Persons:
    """The person register as sign-in needs it."""

    def person_for_bsn(self, bsn: str) -> UUID | None:
        """The person id behind a number; nobody is enrolled by signing in."""
        from waardig.registers import actions

        return actions.person_for_bsn(bsn, create=False)


class _Scope:
    """What a service would do now, for the check whether its weighing covers it."""

    def scope_of(self, service: str, on: date) -> Scope:
        """The rules, attributes, activity versions and recipients of a service on a day."""
        from waardig.catalogue.queries import weighed_scope

        found = weighed_scope(service, on)
        return Scope(
            found.rule_set,
            found.attributes,
            found.activities,
            found.recipients,
            found.unverified,
            frozenset(found.lanes),
        )


def bind() -> None:
    """Bind every port of every room; sign-in means come from WAARDIG_SIGN_IN, or from the demonstration."""
    from waardig.access import queries as access
    from waardig.accountability.adapters.meter import RoomsMeter
    from waardig.identity.terms import PERSON_REGISTER
    from waardig.mandates.terms import AUTHORITY_SOURCE, PARENT_SOURCE
    from waardig.registers.adapters.administrators import RegisteredAdministrators
    from waardig.registers.adapters.parents import RegisteredParents
    from waardig.registers.adapters.sources import connected
    from waardig.shell.declaring import activities_of

    clock.bind_business_clock(access.business_date)
    bind_roles(activities_of)
    SCOPE_SOURCE.bind(_Scope())
    METER.bind(RoomsMeter())
    PERSON_REGISTER.bind(_Persons())
    AUTHORITY_SOURCE.bind(RegisteredAdministrators())
    PARENT_SOURCE.bind(RegisteredParents())
    connected()  # a file of sources that is wrong stops the start
    if "WAARDIG_SIGN_IN" in os.environ:
        _bind_sign_in(Path(os.environ["WAARDIG_SIGN_IN"]))


def _bind_sign_in(file: Path) -> None:
    from waardig.identity.adapters.means_file import load_means
    from waardig.identity.terms import SETUP, SignInSetup

    SETUP.bind(SignInSetup(load_means(file, os.environ)))


def handlers() -> Handlers:
    """What happens after a commit, by topic of the outbox."""
    from waardig.access import jobs as access
    from waardig.accountability import jobs as accountability
    from waardig.archive import jobs as archive
    from waardig.cases import jobs as cases
    from waardig.contact import jobs as contact
    from waardig.feedback import jobs as feedback
    from waardig.identity import jobs as identity
    from waardig.inbox import jobs as inbox
    from waardig.inbox.queries import sender
    from waardig.logbook import jobs as logbook
    from waardig.payments import jobs as payments
    from waardig.proposals import jobs as proposals

    return {
        **inbox.handlers(sender),
        **cases.handlers(),
        **payments.handlers(),
        **archive.handlers(),
        **proposals.handlers(),
        **accountability.handlers(),
        **identity.handlers(),
        **contact.handlers(),
        **feedback.handlers(),
        **access.handlers(),
        **logbook.handlers(),
    }


def schedule_daily() -> int:
    """Ask for the work of every day: measure safeguards, forget ended sessions, look at what ended; watch the log.

    Any number of workers may ask at any time: each job exists once a day. Gives how many are new.
    """
    from django.db import transaction

    from waardig.access import actions as access_actions
    from waardig.access import jobs as access
    from waardig.archive import actions as archive
    from waardig.cases import actions as cases_actions
    from waardig.catalogue.queries import services
    from waardig.contact import jobs as contact
    from waardig.feedback import jobs as feedback
    from waardig.identity import jobs as identity
    from waardig.inbox import jobs as inbox
    from waardig.logbook.actions.archiving import archive_daily
    from waardig.shell.operating.watch import keep_destroyed, keep_watch
    from waardig.values import actions as values

    keep_watch()
    keep_destroyed()
    today = clock.wall_now().date()
    with transaction.atomic():
        names = tuple(one.id for one in services())
        own = identity.forget_daily(today) + archive.ask_daily(today) + contact.keep_daily(today)
        own += feedback.forget_daily(today) + access.forget_daily(today) + inbox.forget_daily(today)
        own += cases_actions.freshen_daily(today) + access.replay_daily(today) + access_actions.enqueue_lines()
        own += archive_daily(today)
        return values.measure_daily(names, today) + own


def refuse_unbound_ports() -> None:
    """Stop before serving when a port of a room has no adapter.

    Raises:
        PortUnbound: naming the first one.
    """
    for name in unbound_ports():
        raise PortUnbound(name)
