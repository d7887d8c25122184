"""The literal text of an article is shown as it is printed: nothing is added, and nothing in it is a mark of ours."""

from __future__ import annotations

import pytest

from waardig.look.templatetags.look import statute


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a. *alleenstaande:* de ongehuwde", "a. <em>alleenstaande:</em> de ongehuwde"),
        ("*a* en *b c*", "<em>a</em> en <em>b c</em>"),
        ("2 * 3 * 4 = 24", "2 * 3 * 4 = 24"),
        ("a*b*c", "a*b*c"),
        ("een * los", "een * los"),
        ("*over\nregels*", "*over\nregels*"),
        ("<b>*x*</b> & y", "&lt;b&gt;<em>x</em>&lt;/b&gt; &amp; y"),
    ],
)
def test_italics_of_the_publisher_are_italics(text: str, shown: str) -> None:
    assert statute(text) == shown
