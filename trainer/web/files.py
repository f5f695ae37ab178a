"""Files that are taken out: always to be kept, never to be shown inside of the application."""

from flask import Response


def attachment(data: bytes, name: str, media_type: str) -> Response:
    """`name` is made of letters that every file system knows."""
    return Response(data, mimetype=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
