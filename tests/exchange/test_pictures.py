"""A picture is known by what is in it, refused where it is broken, and kept without what it tells of a person."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dockmark.exchange.pictures import Kind, NotTaken, taken

SIZE = (64, 48)
GPS = b"52 deg 31' N"


def picture(form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image = Image.effect_noise(SIZE, 60).convert("RGB")
    image.save(out, form, **options)  # type: ignore[arg-type]  # options of one form each
    return out.getvalue()


def exif(turned: int = 6) -> Image.Exif:
    told = Image.Exif()
    told[0x0112] = turned
    told[0x010F] = "Camera of Anna"
    told[0x8825] = {1: "N", 2: (52.0, 31.0, 0.0), 29: "2026:11:23"}
    return told


FORMS = {
    "JPEG": Kind.JPEG,
    "PNG": Kind.PNG,
    "GIF": Kind.GIF,
    "WEBP": Kind.WEBP,
    "BMP": Kind.BMP,
}


@pytest.mark.parametrize(("form", "kind"), FORMS.items())
def test_a_picture_is_known_by_its_content(form: str, kind: Kind) -> None:
    found = taken(picture(form))
    assert (found.kind, found.width, found.height, found.is_picture) == (kind, *SIZE, True)
    shown = Image.open(io.BytesIO(found.content))
    shown.load()
    assert shown.size == SIZE


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"quality": 100, "subsampling": 0}, {"optimize": True}])
def test_a_jpeg_without_anything_to_tell_is_kept_byte_for_byte(options: dict[str, object]) -> None:
    content = picture("JPEG", **options)
    assert taken(content).content == content


def test_a_png_without_anything_to_tell_is_kept_byte_for_byte() -> None:
    content = picture("PNG")
    assert taken(content).content == content


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_where_and_by_whom_a_picture_was_taken_is_left_out(form: str) -> None:
    content = picture(form, exif=exif())
    assert b"Camera of Anna" in content
    kept = taken(content).content
    assert b"Camera of Anna" not in kept
    told = Image.open(io.BytesIO(kept)).getexif()
    assert 0x8825 not in told and 0x010F not in told


@pytest.mark.parametrize("turned", range(2, 9))
def test_which_way_is_up_stays(turned: int) -> None:
    kept = taken(picture("JPEG", exif=exif(turned))).content
    assert dict(Image.open(io.BytesIO(kept)).getexif()) == {0x0112: turned}


def test_words_in_a_png_and_comments_in_a_jpeg_are_left_out() -> None:
    words = PngInfo()
    words.add_text("Author", "Anna Berg")
    assert b"Anna Berg" not in taken(picture("PNG", pnginfo=words)).content
    assert b"Anna Berg" not in taken(picture("JPEG", comment=b"Anna Berg")).content


def test_a_second_picture_behind_the_first_is_left_out_with_what_it_tells() -> None:
    first, second = picture("JPEG"), picture("JPEG", exif=exif())
    assert taken(first + second).content == first


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("part", [0.3, 0.7, 0.98])
def test_a_picture_that_is_not_complete_is_refused(form: str, part: float) -> None:
    content = picture(form)
    with pytest.raises(NotTaken) as no:
        taken(content[: int(len(content) * part)])
    assert no.value.code == "picture_broken"


def test_a_damaged_png_is_refused() -> None:
    content = bytearray(picture("PNG"))
    content[len(content) // 2] ^= 0xFF
    with pytest.raises(NotTaken, match="picture_broken"):
        taken(bytes(content))


def test_a_picture_of_too_many_dots_is_refused() -> None:
    content = bytearray(picture("BMP"))
    struct.pack_into("<ii", content, 18, 40_000, 40_000)
    with pytest.raises(NotTaken, match="picture_too_large"):
        taken(bytes(content))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00" + bytes(100), "kind_not_taken"),
        (b"#!/bin/sh\nrm -rf /\n", "kind_not_taken"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(60), "picture_unknown"),
        (b"II*\x00" + bytes(60), "picture_unknown"),
        (b"%PDF-1.7\nhalf of it", "paper_broken"),
        (bytes(range(256)), "kind_not_taken"),
    ],
)
def test_what_is_no_picture_and_no_paper_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(NotTaken, match=code):
        taken(content)


def test_papers_are_taken_as_they_are() -> None:
    for content, kind in ((b"%PDF-1.7\n...\n%%EOF\n", Kind.PDF), ("Prüfschein\n".encode(), Kind.TEXT)):
        found = taken(content)
        assert (found.kind, found.content, found.is_picture) == (kind, content, False)


@given(
    st.sampled_from(sorted(FORMS)),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=8),
    st.integers(0, 10**6),
)
def test_no_damage_makes_it_raise_anything_else(form: str, hits: list[tuple[int, int]], end: int) -> None:
    content = bytearray(PICTURES[form])
    for place, value in hits:
        content[place % len(content)] = value
    try:
        taken(bytes(content[: len(content) - end % 40]))
    except NotTaken:
        return


PICTURES = {form: picture(form) for form in FORMS}


@given(st.binary(max_size=400))
def test_no_content_makes_it_raise_anything_else(content: bytes) -> None:
    for begins in (b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF", b"BM", b"PK\x03\x04"):
        try:
            taken(begins + content)
        except NotTaken:
            continue
