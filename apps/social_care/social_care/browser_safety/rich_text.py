"""Formatted text as far as a reader may be given it: no scripts, no forms, no objects, no foreign schemes."""

import re

import bleach
from bleach.css_sanitizer import CSSSanitizer
from bleach_allowlist import bleach_allowlist

# What an HTML parser takes for the begin of a tag. «< 5» and «<ابن» stay text in every browser.
MARKUP = re.compile(r"<[A-Za-z/!?]")
ADDRESS = re.compile(r"<[^<>\s\"'=/]+@[^<>\s\"'=/]+>")

_TEXT = (
	"a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del"
)
_TEXT += " details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main"
_TEXT += " mark ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead time"
_TEXT += " tr tt u ul var"
TAGS = frozenset(_TEXT.split())
_PLAIN = (
	"abbr align alt border cellpadding cellspacing cite class color colspan contenteditable datetime dir face"
)
_PLAIN += " height href lang open rel reversed rowspan scope size span spellcheck src start style summary target title"
_PLAIN += " type valign value width"
# Of the editor: kinds of lists, cells, the language of code, mentions.
_EDITOR = "data-denotation-char data-id data-is-group data-language data-link data-list data-mention data-row"
_EDITOR += " data-doctype data-name data-value data-role data-label data-template"
ATTRIBUTES = frozenset([*_PLAIN.split(), *_EDITOR.split()])
SCHEMES = ("http", "https", "mailto", "tel", "cid")
SCHEME = re.compile(r"^([^/?#:]*):")
PICTURE = re.compile(r"^data:image/(png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*$", re.IGNORECASE)
INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\ufeff]")
STYLES = CSSSanitizer(allowed_css_properties=bleach_allowlist.all_styles)


def holds_markup(text: str) -> bool:
	"""Whether a browser would find a tag in the text; an address as in «Name <name@example.org>» is none."""
	return "<" in text and bool(MARKUP.search(ADDRESS.sub("", text)))


def clean(html: str) -> str:
	"""The text with everything that is more than formatting written out as characters. Never less than asked for:
	texts that look like JSON and tags that are not closed are read as a browser reads them."""
	if not MARKUP.search(html):
		return html
	return bleach.clean(
		html,
		tags=TAGS,
		attributes=is_allowed,
		protocols=[*SCHEMES, "data"],
		css_sanitizer=STYLES,
		strip_comments=False,
	)


def is_allowed(tag: str, name: str, value: str) -> bool:
	"""Whether an attribute stays. A picture may be given in place; the framework makes a file of it."""
	if name not in ATTRIBUTES:
		return False
	if name == "src":
		return tag == "img" and (is_address(value) or bool(PICTURE.match(value)))
	return name not in ("href", "cite") or is_address(value)


def is_address(value: str) -> bool:
	"""Whether a link leads to a page, a mailbox or a telephone, and runs nothing."""
	scheme = SCHEME.match(INVISIBLE.sub("", value))
	return scheme is None or scheme.group(1).lower() in SCHEMES
