"""Words of an installation with several municipalities, and what is refused about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from waardig.kernel.errors import Refusal


@dataclass(frozen=True)
class Source:
    """Where a secret is kept; never the secret itself. One of the two is filled."""

    from_environment: str = ""
    from_file: Path | None = None

    def __str__(self) -> str:
        return f"the environment variable {self.from_environment}" if self.from_environment else f"{self.from_file}"


@dataclass(frozen=True)
class OwnServer:
    """A municipality's database on a PostgreSQL server of its own: where its addresses are kept."""

    application: Source
    owner: Source | None = None


@dataclass(frozen=True)
class Member:
    """One municipality of an installation.

    Attributes:
        id: short name, a to z and digits; part of the names of its database and roles.
        hosts: the names by which browsers reach it, in lower case, without port.
        server: None: a database of its own in the embedded server.
        listen: `address:port` or the path of a socket; empty: a socket in its own state folder.
        secrets: environment variables that only this municipality's processes get, by name.
        settings: the same for values that are no secret.
    """

    id: str
    base_url: str
    hosts: tuple[str, ...]
    content: tuple[Path, ...]
    sign_in: Path | None = None
    server: OwnServer | None = None
    secret_key: Source | None = None
    log_key: Path | None = None
    listen: str = ""
    secrets: Mapping[str, Source] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Installation:
    """The municipalities of one installation and the folder in which each has a folder of its own."""

    file: Path
    state: Path
    members: tuple[Member, ...]

    def folder(self, member: Member) -> Path:
        """Where this municipality's keys and what it remembers are kept."""
        return self.state / member.id

    def member(self, wanted: str) -> Member:
        """The municipality with this id; the only one when none is named.

        Raises:
            MunicipalityUnknown: there is none with this id.
            MunicipalityNotChosen: there are several and none is named.
        """
        if not wanted and len(self.members) == 1:
            return self.members[0]
        if not wanted:
            raise MunicipalityNotChosen(one.id for one in self.members)
        for one in self.members:
            if one.id == wanted:
                return one
        raise MunicipalityUnknown(wanted, (one.id for one in self.members))


class MunicipalityUnknown(Refusal):
    """The installation has no municipality with this id."""

    def __init__(self, wanted: str, known: Iterable[str]) -> None:
        super().__init__(
            code="municipality_unknown",
            text_nl=f"Deze installatie kent geen gemeente {wanted}.",
            text_en=f"This installation has no municipality {wanted}.",
            remedy=f"Choose with --municipality one of: {', '.join(known)}.",
        )


class MunicipalityNotChosen(Refusal):
    """A command for one municipality was given in an installation of several."""

    def __init__(self, known: Iterable[str]) -> None:
        super().__init__(
            code="municipality_not_chosen",
            text_nl="Deze installatie heeft meer gemeenten. Zeg voor welke dit is.",
            text_en="This installation has several municipalities; nothing was done for any of them.",
            remedy=f"Say for which: `waardig --municipality ID ...`, one of: {', '.join(known)}.",
        )


class InstallationNotNamed(Refusal):
    """A municipality was chosen, but no file says which municipalities there are."""

    def __init__(self, wanted: str) -> None:
        super().__init__(
            code="installation_not_named",
            text_nl=f"U koos de gemeente {wanted}, maar er is geen installatiebestand genoemd.",
            text_en=f"The municipality {wanted} was chosen, but no installation file is named.",
            remedy="Name it with --installation FILE or WAARDIG_INSTALLATION.",
        )


class SecretMissing(Refusal):
    """A secret that a municipality needs is not where the installation file says."""

    def __init__(self, member: str, what: str, why: str) -> None:
        super().__init__(
            code="secret_missing",
            text_nl=f"Voor de gemeente {member} ontbreekt een geheim: {what}.",
            text_en=f"The municipality {member} has no {what}: {why}.",
            remedy="Put it where the installation file says, in a file that only its user can read.",
        )


class MunicipalitiesTouch(Refusal):
    """Two municipalities would share what must be apart."""

    def __init__(self, one: str, other: str, what: str) -> None:
        super().__init__(
            code="municipalities_touch",
            text_nl=f"De gemeenten {one} en {other} gebruiken samen: {what}. Dat mag niet.",
            text_en=f"The municipalities {one} and {other} would share {what}; nothing was started.",
            remedy="Give each municipality its own database, roles and keys.",
        )


class PlaceUnusable(Refusal):
    """A municipality's server cannot listen where it is told to."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(
            code="place_unusable",
            text_nl=f"Op {place} kan niet worden geluisterd.",
            text_en=f"{place} cannot be listened on: {why}.",
            remedy="Choose another place with `listen` in the installation file, or with --port.",
        )
