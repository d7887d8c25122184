"""The BRP over TLS with a certificate of ours: each side knows the other, and without either nothing is said."""

from __future__ import annotations

import datetime
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from wsgiref.simple_server import make_server

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.registers.test_brp_file import SUZANNE
from tests.registers.test_haal_centraal import a_brp, a_connection, ask
from waardig.registers.adapters.haal_centraal import HaalCentraal
from waardig.registers.adapters.trial_brp import QuietHandler, TrialBrp
from waardig.registers.core.source_terms import SourceUnavailable

Signer = tuple[x509.Name, ec.EllipticCurvePrivateKey]


def a_certificate(folder: Path, name: str, by: Signer | None = None) -> Signer:
    """A key and a certificate in `<name>.key` and `<name>.pem`, signed by itself or by another."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer, signing = by or (subject, key)
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(signing, hashes.SHA256())
    )
    (folder / f"{name}.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / f"{name}.key").write_bytes(private)
    return subject, key


@contextmanager
def served(brp: TrialBrp, folder: Path) -> Iterator[str]:
    """The trial BRP over TLS, for who shows a certificate of the authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "brp.pem", folder / "brp.key")
    context.load_verify_locations(folder / "authority.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    with make_server("127.0.0.1", 0, brp, handler_class=QuietHandler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{server.server_port}/haalcentraal/api/brp"
        server.shutdown()


def test_both_sides_show_who_they_are(tmp_path: Path) -> None:
    authority = a_certificate(tmp_path, "authority")
    a_certificate(tmp_path, "brp", authority)
    a_certificate(tmp_path, "ours", authority)
    a_certificate(tmp_path, "stranger")
    brp = a_brp()

    def a_source(url: str, ours: str, trusted: str) -> HaalCentraal:
        files = {"certificate": str(tmp_path / f"{ours}.pem"), "key": str(tmp_path / f"{ours}.key")}
        connection = a_connection(url=url, authority=str(tmp_path / f"{trusted}.pem"), **(files if ours else {}))
        return HaalCentraal(connection, wait=lambda _: None)

    with served(brp, tmp_path) as url:
        assert list(ask(a_source(url, "ours", "authority"))) == [SUZANNE]
        for ours, trusted in (("", "authority"), ("stranger", "authority"), ("ours", "stranger")):
            with pytest.raises(SourceUnavailable, match="connection failed"):
                ask(a_source(url, ours, trusted))
        with pytest.raises(SourceUnavailable, match="certificate of ours"):
            ask(a_source(url, "lost", "authority"))
    assert len(brp.asked) == 1
