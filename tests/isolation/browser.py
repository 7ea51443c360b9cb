"""A user at a browser, without the browser: a session with a cookie, and the calls that the desk makes."""

import json
import os

import requests

URL = os.environ.get("TEST_URL", "")
PASSWORD = "Kg7!tests-only-Zq"


class Browser:
	"""Somebody who is logged in (or a guest, without `user`)."""

	def __init__(self, user: str = "", password: str = PASSWORD, url: str = URL) -> None:
		self.url = url
		self.session = requests.Session()
		self.session.headers["Accept"] = "application/json"
		self.user = user
		if user:
			answer = self.call("login", usr=user, pwd=password)
			assert answer.status_code == 200, answer.text[:300]

	def call(self, method: str, /, **arguments) -> requests.Response:
		"""POST to a method, arguments as the desk sends them: everything that is no text as JSON."""
		return self.session.post(f"{self.url}/api/method/{method}", data=encoded(arguments), timeout=120)

	def ask(self, method: str, /, **arguments) -> requests.Response:
		"""GET a method."""
		return self.get(f"/api/method/{method}", **arguments)

	def get(self, path: str, /, **arguments) -> requests.Response:
		return self.session.get(self.url + path, params=encoded(arguments), timeout=120)

	def put(self, path: str, values: dict) -> requests.Response:
		return self.session.put(self.url + path, json=values, timeout=120)

	def post(self, path: str, values: dict) -> requests.Response:
		return self.session.post(self.url + path, json=values, timeout=120)

	def delete(self, path: str) -> requests.Response:
		return self.session.delete(self.url + path, timeout=120)

	def upload(self, content: bytes, file_name: str, **arguments) -> requests.Response:
		"""Upload a file as the desk does."""
		data = {"is_private": "1", **encoded(arguments)}
		return self.session.post(
			f"{self.url}/api/method/upload_file", data=data, files={"file": (file_name, content)}, timeout=120
		)

	def message(self, method: str, /, **arguments):
		"""What a method answers; fails when it refuses."""
		answer = self.call(method, **arguments)
		assert answer.status_code == 200, (method, answer.status_code, answer.text[:500])
		return answer.json().get("message")


def encoded(arguments: dict) -> dict:
	"""Arguments as form values."""
	return {key: value if isinstance(value, str) else json.dumps(value) for key, value in arguments.items()}
