"""What is wrong in a form, as the summary above it tells."""

from flask_wtf import FlaskForm
from wtforms import RadioField


def problems_in(form: FlaskForm, printed: str) -> list[tuple[str, str]]:
    """Each mistake with the id of its field on the page, in the order in which the page prints the fields.

    A form cannot tell that order: what a form adds to the one that it is made from comes last in it.
    """
    problems = []
    for field in form:
        anchor = f"{field.id}-0" if isinstance(field, RadioField) else field.id
        place = printed.find(f'id="{anchor}"')
        problems += [(place, anchor, str(error)) for error in field.errors]
    problems.sort(key=lambda problem: problem[0])
    return [(anchor, error) for _, anchor, error in problems]
