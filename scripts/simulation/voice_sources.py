"""Which files of which package are the speech of which person."""
import zipfile
from pathlib import Path
from typing import NamedTuple

ASTERISK = "usr/share/asterisk/sounds"
HEDGEWARS = "usr/share/games/hedgewars/Data/Sounds/voices"
STAMPS = "usr/share/tuxpaint/stamps"
NO_TALK = ("beep", "tone", "ring", "silence", "ascending", "descending", "confbridge-join", "confbridge-leave",
           "conf-enter", "conf-leave", "1-yes", "Noise", "Kamikaze", "Ooff", "Ow", "Jump", "Firepunch", "Laugh")
ASTERISK_VOICES = (("en", "en_US_f_Allison", "allison"), ("es", "es_MX_f_Allison", "allison"),
                   ("fr", "fr_CA_f_June", "june"), ("it", "it_IT_m_Carlo", "carlo"),
                   ("ru", "ru_RU_f_IvrvoiceRU", "ivrvoice"))
KTUBERLING = "ca da de el en es fi fr ga gl it lt nds nl nn pt ro ru sl sr sv uk wa".split()
KLETTRES = "ar cs da de en en_GB es fr he hu it lt ml nb nds nl pt_BR ru tn uk".split()
STAMP_LANGUAGES = "be bg ca da el es fr lt nl ro ru".split()
DIGITS = "be bg ca de el en_GB es fr it ja ko lt nb nl nn pt ro ru sl sv zh_tw".split()
HEDGEHOGS = (("en", "British Classic Default HillBilly Mobster Pirate Russian Surfer"), ("es", "Default_es"),
             ("pl", "Default_pl Russian_pl"), ("ru", "Default_ru"), ("uk", "Default_uk"))
CODEC2 = (("ve9qrp", "en"), ("kristoff", "nl"), ("vk5qi", "en"))


class Source(NamedTuple):
    """A voice: its name, its language, the person (voices that may be one person share it), the files."""
    name: str
    language: str
    person: str
    package: str
    files: list


def asterisk(root):
    for language, folder, person in ASTERISK_VOICES:
        package = f"asterisk-core-sounds-{language}-wav"
        yield folder, language, person, package, (root / package / ASTERISK / folder).rglob("*.wav")
    package = "asterisk-prompt-it-menardi-wav"
    yield "it_IT_f_Menardi", "it", "menardi", package, (root / package / ASTERISK).rglob("*.wav")
    for name, language in (("es-co", "es"), ("fr-armelle", "fr")):
        package = f"asterisk-prompt-{name}"
        yield name, language, name, package, (root / package / ASTERISK).rglob("*.gsm")


def letters_and_potatoes(root):
    """KDE's games for children; who speaks a language in one of them may speak it in the other."""
    for language in KTUBERLING:
        folder = root / "ktuberling-data/usr/share/ktuberling/sounds" / language
        yield f"ktuberling-{language}", language, f"kde-{language}", "ktuberling-data", folder.glob("*.*")
    for language in KLETTRES:
        folder = root / "klettres-data/usr/share/klettres" / language
        person = "kde-en" if language == "en_GB" else f"kde-{language}"
        yield f"klettres-{language}", language, person, "klettres-data", folder.rglob("*.ogg")


def stamps(root):
    """Descriptions of Tux Paint's stamps, and its numbers, which other people may speak."""
    package = "tuxpaint-stamps-default"
    folder = root / package / STAMPS
    for language in STAMP_LANGUAGES:
        yield f"stamps-{language}", language, f"stamps-{language}", package, folder.rglob(f"*_desc_{language}.ogg")
    for language in DIGITS:
        files = folder.glob(f"symbols/**/[0-9]_{language}.ogg")
        yield f"digits-{language}", language, f"stamps-{language}", package, files
    yield "letters-en_GB", "en_GB", "stamps-en_GB", package, folder.rglob("?_filled_en_GB.ogg")


def games(root):
    for language in ("cs", "nl"):
        package = f"fillets-ng-data-{language}"
        folder = root / package / "usr/share/games/fillets-ng/sound"
        for fish, person in (("m", "small"), ("v", "big")):
            name = f"fillets-{language}-{person}"
            yield name, language, name, package, folder.glob(f"*/{language}/*-{fish}-*.ogg")
    for language, names in HEDGEHOGS:
        for name in names.split():
            folder = root / "hedgewars-data" / HEDGEWARS / name
            yield f"hedgewars-{name}", language, f"hedgewars-{language}", "hedgewars-data", folder.glob("*.ogg")
    rally = root / "trigger-rally-data"
    if not (rally / "sounds").exists():
        with zipfile.ZipFile(rally / "usr/share/games/trigger-rally/data.zip") as archive:
            archive.extractall(rally, [name for name in archive.namelist() if name.startswith("sounds/")])
    for name in ("ab", "tim", "paula"):
        files = (rally / "sounds/codriver" / name).glob("*.wav")
        yield f"rally-{name}", "en", f"rally-{name}", "trigger-rally-data", files


def technical(root):
    """Speech that programs are tested with."""
    for name, language in CODEC2:
        files = [root / f"codec2-examples/usr/share/codec2/raw/{name}.raw"]
        yield f"codec2-{name}", language, f"codec2-{name}", "codec2-examples", files
    data = root / "pocketsphinx-testdata/usr/share/pocketsphinx/test/data"
    yield "librivox", "en", "librivox", "pocketsphinx-testdata", (data / "librivox").glob("*.wav")
    numbers = [data / "goforward.raw", data / "numbers.raw", data / "something.raw"]
    yield "sphinx-numbers", "en", "sphinx", "pocketsphinx-testdata", numbers
    for package, folder in (("scid-data", "scid/sounds"), ("alsa-utils", "sounds/alsa")):
        yield package, "en", package, package, (root / package / "usr/share" / folder).glob("*.wav")
    for number, person in (("3", "liu"), ("5", "chu-lo")):
        files = (root / "gcin-voice/usr/share/gcin-voice/ogg").glob(f"*/{number}.ogg")
        yield f"gcin-{person}", "zh", f"gcin-{person}", "gcin-voice", files


def sources(root):
    """All voices, sorted by name, their files sorted by path."""
    found = []
    for group in (asterisk, letters_and_potatoes, stamps, games, technical):
        for name, language, person, package, files in group(root):
            files = sorted(path for path in files if not Path(path).name.startswith(NO_TALK))
            found.append(Source(name, language, person, package, files))
    return sorted(found)
