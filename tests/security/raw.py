"""Requests as no browser sends them: the path goes out as it is written."""

import http.client
import os
from urllib.parse import urlsplit


def get(path: str, cookies: str = "") -> tuple[int, bytes]:
	"""Status and content of a GET whose path nobody tidies up."""
	address = urlsplit(os.environ["TEST_URL"])
	connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
	connection.putrequest("GET", path)
	if cookies:
		connection.putheader("Cookie", cookies)
	connection.endheaders()
	answer = connection.getresponse()
	try:
		return answer.status, answer.read()
	finally:
		connection.close()


def cookies_of(session) -> str:
	"""The cookies of a logged-in session of requests, as one header."""
	return "; ".join(f"{cookie.name}={cookie.value}" for cookie in session.cookies)
