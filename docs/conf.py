"""How Sphinx makes the documentation site from these pages: `make docs`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pygments.lexers.special import TextLexer

ROOT = Path(__file__).resolve().parent.parent

project = "Shieldtalks"
author = "Shieldtalks contributors"
project_copyright = author
version = release = json.loads((ROOT / "datapackage.json").read_text("utf-8"))["version"]

extensions = ["myst_nb", "sphinx.ext.autodoc"]
exclude_patterns = ["parts"]
nitpicky = True
# Names in type hints of what the ten names return: the site does not describe them.
nitpick_ignore_regex = [("py:(class|data|exc)", ".*")]

# Links within a page name its headings as a code host does.
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]

# Each notebook runs when the site is built. An error in it stops the build.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 60

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_maximum_signature_line_length = 80
# A docstring has names in single backquotes.
default_role = "code"

html_theme = "furo"
html_title = f"Shieldtalks {release}"
html_static_path = ["pictures", "site"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False

#: The files beside this folder that are pages of the site, and the page that each of them fills.
FILES = {
    "CHANGELOG.md": "changelog",
    "CONTRIBUTING.md": "contributing",
    "SECURITY.md": "security",
}


def _for_site(app: Any, page: str, source: list[str]) -> None:
    """Make the links of a page that a code host follows into links that Sphinx follows."""
    del app
    own = {name: file for file, name in FILES.items()}.get(page)
    text = (ROOT / own).read_text("utf-8").replace("](docs/", "](") if own else source[0]
    for file, name in FILES.items():
        text = re.sub(rf"\]\((?:\.\./)?{re.escape(file)}", f"]({name}.md", text)
    for place in re.findall(r'<a id="([^"]+)"></a>', text):
        link = rf"\[([^]]*)\]\(#{re.escape(place)}\)"
        text = re.sub(link, rf'<a href="#{place}">\1</a>', text)
    source[0] = text.replace('="pictures/', '="_static/')


def setup(app: Any) -> None:
    """Tell Sphinx what is done with each page."""
    app.connect("source-read", _for_site)
    app.add_lexer("csv", TextLexer)  # it is shown as it is
