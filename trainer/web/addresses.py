"""Whole addresses, for links that are sent to somebody."""

from flask import url_for

from trainer.web import services


def public_address(endpoint: str, **values: object) -> str:
    """The address as people type it; as this request came where no such address is set."""
    public_url = services().settings.public_url
    if public_url:
        return f"{public_url}{url_for(endpoint, **values)}"  # type: ignore[arg-type]
    return url_for(endpoint, _external=True, **values)  # type: ignore[arg-type]
