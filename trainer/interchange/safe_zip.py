"""Zip packages, looked at before they are unpacked: names, links, sizes; nothing is written to a disk."""

import stat
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from trainer.interchange import limits
from trainer.interchange.decoding import ZIP_MARK, check_size
from trainer.interchange.readings import HostileFile, UnreadableFile

_DAMAGED = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, struct.error)
_ENCRYPTED = 0x1


class Package:
    """The members of a checked package, each read when asked for."""

    def __init__(self, archive: ZipFile, members: dict[str, ZipInfo]) -> None:
        self._archive = archive
        self._members = members
        self._unpacked = 0

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        info = self._members[name]
        try:
            with self._archive.open(info) as member:
                data = member.read(info.file_size + 1)
        except _DAMAGED as error:
            raise UnreadableFile(f"The package is damaged: {name} cannot be unpacked. Export it again.") from error
        self._unpacked += len(data)
        if len(data) > info.file_size or self._unpacked > limits.MAX_UNPACKED_BYTES:
            raise HostileFile(f"The package says {name} is smaller than it is.")
        if data.startswith(ZIP_MARK):
            raise _nested(name)
        return data


def open_package(data: bytes) -> Package:
    """A package whose members may be read; raises HostileFile or UnreadableFile."""
    check_size(data)
    try:
        archive = ZipFile(BytesIO(data))
        infos = archive.infolist()
    except _DAMAGED as error:
        raise UnreadableFile("The package is not a complete zip file. Export or upload it again.") from error
    if len(infos) > limits.MAX_ZIP_MEMBERS:
        raise HostileFile(f"The package has more than {limits.MAX_ZIP_MEMBERS:,} files.")
    for info in infos:
        _check_name(info)
        _check_kind(info)
        _check_ratio(info)
    if sum(info.file_size for info in infos) > limits.MAX_UNPACKED_BYTES:
        raise HostileFile(
            f"Unpacked, the package would be larger than {limits.MAX_UNPACKED_BYTES // 1024 // 1024} MB. "
            "Leave pictures and sounds out of the export."
        )
    return Package(archive, {info.filename: info for info in infos if not info.is_dir()})


def is_zip(data: bytes) -> bool:
    return data.startswith((ZIP_MARK, b"PK\x05\x06"))


def _check_name(info: ZipInfo) -> None:
    name = info.orig_filename.replace("\\", "/")
    parts = name.split("/")
    if name.startswith("/") or ".." in parts or "\0" in name or parts[0].endswith(":"):
        raise HostileFile(
            f"The package has a file that would be put outside its folder ({info.filename[:100]!r}). It was not opened."
        )


def _check_kind(info: ZipInfo) -> None:
    if stat.S_ISLNK(info.external_attr >> 16):
        raise HostileFile(f"The package has a link instead of a file ({info.filename[:100]!r}). It was not opened.")
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableFile("The package is protected by a password. Export it without one.")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise UnreadableFile("The package is packed in an unusual way. Pack it as an ordinary zip file.")
    if info.filename.lower().endswith((".zip", ".imscc", ".gz", ".7z", ".rar")):
        raise _nested(info.filename)


def _check_ratio(info: ZipInfo) -> None:
    if info.file_size <= limits.SMALL_MEMBER_BYTES:
        return
    if info.file_size > limits.MAX_UNPACKED_RATIO * max(info.compress_size, 1):
        raise HostileFile(f"{info.filename[:100]!r} in the package unpacks to more than a question bank ever needs.")


def _nested(name: str) -> HostileFile:
    return HostileFile(
        f"The package has another package inside ({name[:100]!r}). Unpack it and read the inner one by itself."
    )
