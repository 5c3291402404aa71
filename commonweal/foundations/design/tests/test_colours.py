"""Whatever colour an organisation has, its pages can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.design.colours import DEFAULT_COLOUR, READABLE, derive_palette

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def luminance(colour: str) -> float:
    """Relative luminance, written down from WCAG 2.2 again so that a slip in our own is seen."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@given(colours)
def test_every_pair_a_page_uses_is_readable(colour: str) -> None:
    palette = derive_palette(colour)
    for text, background in [
        (palette.band_text, palette.band),
        ("#ffffff", palette.action),
        ("#ffffff", palette.action_hover),
        (palette.link, "#ffffff"),
        (palette.link, palette.tint),
        (palette.link_hover, "#ffffff"),
        (palette.link_hover, palette.tint),
        ("#0b0c0c", palette.tint),
    ]:
        assert contrast_ratio(text, background) >= READABLE


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast_ratio("#000000", "#ffffff") == 21
    assert round(contrast_ratio("#777777", "#ffffff"), 2) == 4.48


def test_a_readable_colour_stays_as_it_is() -> None:
    assert derive_palette(DEFAULT_COLOUR).band == DEFAULT_COLOUR


def test_a_bright_colour_keeps_its_band_under_dark_text() -> None:
    palette = derive_palette("#ffd100")
    assert (palette.band, palette.band_text) == ("#ffd100", "#0b0c0c")


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345", "#12345g", "#123456;}", ""])
def test_what_is_no_colour_is_refused_and_never_reaches_a_style(colour: str) -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        derive_palette(colour)
