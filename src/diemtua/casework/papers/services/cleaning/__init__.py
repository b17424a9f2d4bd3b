"""Taking out of files what tells where and when they were made, before they are sealed.

A list says what stays, and everything else goes; a file that cannot be read that way is refused.
"""

from collections.abc import Callable

from diemtua.casework.papers.errors import PictureUnclean, RecordingUnclean
from diemtua.casework.papers.services.cleaning.pictures import Broken, jpeg, png, webp
from diemtua.casework.papers.services.cleaning.recordings import mp3, mp4

PICTURES: dict[str, Callable[[bytes], bytes]] = {
    "image/jpeg": jpeg,
    "image/png": png,
    "image/webp": webp,
}
RECORDINGS: dict[str, Callable[[bytes], bytes]] = {
    "audio/mp4": mp4,
    "video/mp4": mp4,  # many phones' recordings call themselves so; a film is found out
    "video/3gpp": mp4,
    "audio/mpeg": mp3,
}

__all__ = ["PICTURES", "RECORDINGS", "clean"]


def clean(content: bytes, *, kind: str) -> bytes:
    """Return a file without place, time and device; kinds that hold none come back as they are.

    Raises:
        PictureUnclean, RecordingUnclean: it cannot be cleaned.
    """
    cleaner = PICTURES.get(kind) or RECORDINGS.get(kind)
    refusal = PictureUnclean if kind.startswith("image/") else RecordingUnclean
    if cleaner is None:
        if kind.startswith(("image/", "video/")):
            raise refusal
        return content
    try:
        return cleaner(content)
    except Broken as error:
        raise refusal from error
