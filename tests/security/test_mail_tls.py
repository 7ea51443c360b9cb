"""Mail is fetched from and given to servers only that prove who they are (S-90)."""

import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import frappe
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class FalseServer:
	"""A server with a certificate that it signed itself; it notes whether a client trusted it."""

	port: int = 0
	trusted: list[bool] = field(default_factory=list)


@pytest.fixture
def false_server(tmp_path: Path) -> Iterator[FalseServer]:
	context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
	context.load_cert_chain(certificate(tmp_path))
	context.maximum_version = (
		ssl.TLSVersion.TLSv1_2
	)  # the server hears of a refusal before it thinks all is well
	listener = socket.create_server(("127.0.0.1", 0))
	server = FalseServer(listener.getsockname()[1])
	thread = threading.Thread(target=serve, args=(listener, context, server), daemon=True)
	thread.start()
	yield server
	listener.shutdown(socket.SHUT_RDWR)
	listener.close()
	thread.join(5)


def serve(listener: socket.socket, context: ssl.SSLContext, server: FalseServer) -> None:
	while True:
		try:
			connection, _address = listener.accept()
		except OSError:
			return
		try:
			with context.wrap_socket(connection, server_side=True) as secure:
				server.trusted.append(True)
				secure.sendall(b"+OK * OK 220 ready\r\n")
		except OSError:
			server.trusted.append(False)


def certificate(folder: Path) -> Path:
	"""A self-signed certificate and its key, in one file."""
	key = ec.generate_private_key(ec.SECP256R1())
	name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
	now = datetime.datetime.now(datetime.UTC)
	builder = (
		x509.CertificateBuilder()
		.subject_name(name)
		.issuer_name(name)
		.public_key(key.public_key())
		.serial_number(x509.random_serial_number())
		.not_valid_before(now - datetime.timedelta(days=1))
		.not_valid_after(now + datetime.timedelta(days=1))
	)
	address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
	signed = builder.add_extension(address, critical=False).sign(key, hashes.SHA256())
	private = key.private_bytes(
		serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
	)
	file = folder / "server.pem"
	file.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
	return file


@pytest.mark.parametrize("use_imap", [1, 0])
def test_mail_is_not_fetched_from_a_server_that_proves_nothing(
	false_server: FalseServer, use_imap: int, monkeypatch: pytest.MonkeyPatch
) -> None:
	from frappe.email.receive import EmailServer  # logs into the site's folder as soon as it is imported

	monkeypatch.setitem(frappe.local.conf, "pop_timeout", 10)
	settings = {"host": "127.0.0.1", "incoming_port": false_server.port, "use_ssl": 1, "use_imap": use_imap}
	server = EmailServer(frappe._dict(settings, username="x", password="x"))
	with pytest.raises(ssl.SSLCertVerificationError):
		server.connect()
	assert false_server.trusted == [False]


def test_nor_is_it_given_to_one(false_server: FalseServer) -> None:
	from frappe.email.smtp import SMTPServer

	server = SMTPServer("127.0.0.1", login="x", password="x", port=false_server.port, use_ssl=1)
	with pytest.raises(frappe.ValidationError):
		_ = server.session
	assert false_server.trusted == [False]
