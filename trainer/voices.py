"""Who speaks a line here: a person whose recording was kept, else a voice of the server. Takes are held to it."""

from collections.abc import Iterable, Iterator

from trainer.database import Store
from trainer.recordings import Recording, Recordings
from trainer.speech import CannotSpeak, Line, Speech, Spoken
from trainer.speech.hearing import PERSON, Reference
from trainer.speech.shipped import NORMAL


class Voices:
    """People's recordings before all other voices."""

    def __init__(self, speech: Speech, recordings: Recordings) -> None:
        self.speech = speech
        self.recordings = recordings

    def recording(self, store: Store, edition: int, line: Line, speed: str) -> Recording | None:
        return self.recordings.find(store, edition, line.id, speed, line.spoken)

    def recorded(self, store: Store, edition: int, line: Line, speed: str) -> Spoken | None:
        """The line as a person spoke it, if one did."""
        recording = self.recording(store, edition, line, speed)
        if recording is None:
            return None
        return Spoken(self.recordings.path(recording.digest), recording.digest, PERSON)

    def model(self, store: Store, edition: int, line: Line, *, by_person: bool) -> Reference | None:
        """What a take of a line is held to: a person's recording, or else the synthetic voice, made if need be.

        None when there is no such voice.
        """
        if by_person:
            found = self.recorded(store, edition, line, NORMAL)
        else:
            try:
                found = self.speech.render(line)
            except CannotSpeak:
                found = None
        return None if found is None else _reference(line, found)

    def models(self, store: Store, edition: int, lines: Iterable[Line], *, by_person: bool) -> Iterator[Reference]:
        """What takes of these lines would be held to, as far as it is there."""
        for line in lines:
            found = self.recorded(store, edition, line, NORMAL) if by_person else self.speech.find(line)
            if found is not None:
                yield _reference(line, found)


def _reference(line: Line, spoken: Spoken) -> Reference:
    return Reference(line.id, spoken.path, spoken.version, line.lang, spoken.engine, line.text)
