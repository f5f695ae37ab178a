from trainer.paper.fonts import font_folders, packaged_fonts, showable


def test_text_in_the_worlds_scripts_is_left_alone() -> None:
    text = "Đường 神戸 上海 한국 شركة अनिता ไทย Ελλάδα Київ ქართული ▲◇▽ → ☂ 🐬"

    assert showable(text) == text


def test_what_no_font_has_gets_a_mark() -> None:
    assert showable("a𓀀b") == "a\N{REPLACEMENT CHARACTER}b"


def test_a_sign_goes_when_no_font_has_it_together_with_its_letter() -> None:
    assert showable("क\u093f a\u17b9b") == "क\u093f ab"


def test_no_font_of_the_system_is_among_them() -> None:
    paths = {font.path for font in packaged_fonts().fonts() if font.path}

    assert paths
    assert all(any(path.startswith(str(folder)) for folder in font_folders()) for path in paths)
