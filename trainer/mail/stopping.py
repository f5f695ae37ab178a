"""The link that ends mails of a kind: it holds who and which, signed, so that nothing has to be kept for it."""

from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

from trainer.domain.mail import MailKind


class Stopping:
    """Makes the tokens, and reads them back."""

    def __init__(self, secret_key: str) -> None:
        self._signed = URLSafeSerializer(secret_key, salt="stop mail")

    def token(self, user_id: UUID, kind: MailKind) -> str:
        return str(self._signed.dumps([user_id.hex, kind.value]))

    def read(self, token: str) -> tuple[UUID, MailKind] | None:
        """Whose mails of which kind a token ends; None for one that is not ours."""
        try:
            user_id, kind = self._signed.loads(token)
        except BadSignature:
            return None
        return UUID(hex=user_id), MailKind(kind)
