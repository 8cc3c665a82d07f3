"""The site as a real folder: whole, replaced in one step, compressed where that is asked."""

import gzip

import brotli
import pytest
from house import contents

from computecycle.evidence.errors import InputError
from computecycle.site import copied


def test_the_copy_is_the_site_and_replaces_only_a_copy(built_trial, tmp_path):
    said, out = [], tmp_path / "public"
    out.mkdir()  # an empty one may be there
    copied.copy(built_trial.root, out, True, said.append)
    site = {name: text for name, text in built_trial.published().items() if name != ".made-of"}
    found = contents(out)
    assert not out.is_symlink() and found.pop(".nojekyll") == b""
    packed = {name for name in found if name.endswith((".gz", ".br"))} - site.keys()
    assert {name: found[name] for name in found if name not in packed} == site
    assert gzip.decompress(found["book/index.html.gz"]) == site["book/index.html"]
    assert brotli.decompress(found["_static/style.css.br"]) == site["_static/style.css"]
    assert said == [
        f"{len(found) + 1:,} files, {len(packed):,} of them compressed copies: {out}/index.html"
    ]
    (out / "left").write_text("by the copy before")
    copied.copy(built_trial.root, out, False, said.append)
    assert contents(out) == site | {".nojekyll": b""}
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_a_folder_of_other_things_is_left_alone(built_trial, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    for out in (tmp_path, tmp_path / "mine.txt"):
        with pytest.raises(InputError, match="holds other things; name a new folder"):
            copied.copy(built_trial.root, out, False, print)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
