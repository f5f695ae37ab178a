"""A program of its own that asks the espeak-ng library for speech or for phonemes; the application never imports it.

espeak-ng is under the GPL, keeps one state for a whole process, and can end the process that it runs in. So it gets
one for each phrase: `python espeak_program.py LIBRARY VOICE RATE WAV`, with the text on standard input. RATE is in
words a minute. Without a WAV to write, phonemes are printed as JSON: a list of clauses, each with the sign that ends
it.

It is to be started in the folder that holds espeak-ng-data: the library refuses a path of 160 characters or more.
"""

import ctypes
import json
import re
import sys
import wave

RETRIEVAL = 1  # the samples are handed over instead of played
DONT_EXIT = 0x8000  # report missing data instead of ending the process
UTF8 = 1
RATE_PARAMETER = 1
IPA_WITH_TIES = 0x02 | 0x80 | ord("^") << 8
CLAUSE_ENDS = r"([.!?…,;:]+)"

Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


def main(library_path: str, voice: str, rate: str, wav: str = "") -> str | None:
    """Why it failed, if it did."""
    text = sys.stdin.buffer.read().decode()
    library = ctypes.CDLL(library_path)
    samples_a_second = library.espeak_Initialize(RETRIEVAL, 0, b".", DONT_EXIT)
    if samples_a_second <= 0:
        return "espeak-ng did not find its data"
    if library.espeak_SetVoiceByName(voice.encode()):
        return f"espeak-ng has no voice {voice}"
    library.espeak_SetParameter(RATE_PARAMETER, int(rate), 0)
    if wav:
        write_speech(library, text, wav, samples_a_second)
    else:
        json.dump([[phonemes(library, words), end] for words, end in clauses(text)], sys.stdout)
    return None


def write_speech(library: ctypes.CDLL, text: str, wav: str, samples_a_second: int) -> None:
    pieces: list[bytes] = []

    def take(samples: "ctypes._Pointer[ctypes.c_short]", count: int, _events: int) -> int:
        if count:
            pieces.append(ctypes.string_at(samples, 2 * count))
        return 0

    callback = Callback(take)
    library.espeak_SetSynthCallback(callback)
    encoded = text.encode()
    library.espeak_Synth(encoded, ctypes.c_size_t(len(encoded) + 1), 0, 1, 0, UTF8, None, None)
    library.espeak_Synchronize()
    with wave.open(wav, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(samples_a_second)
        file.writeframes(b"".join(pieces))


def clauses(text: str) -> list[tuple[str, str]]:
    """Each with the signs that end it: the library itself would drop them."""
    parts = [*re.split(CLAUSE_ENDS, text), ""]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return [(words.strip(), end) for words, end in pairs if words.strip()]


def phonemes(library: ctypes.CDLL, words: str) -> str:
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    rest = ctypes.c_char_p(words.encode())
    found = []
    while rest.value:
        found.append((library.espeak_TextToPhonemes(ctypes.byref(rest), UTF8, IPA_WITH_TIES) or b"").decode())
    return " ".join(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
