"""The userinfo endpoint: what a bearer of an access token may know."""

from authlib.integrations.flask_oauth2 import ResourceProtector
from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oidc.core import UserInfo
from authlib.oidc.core.userinfo import UserInfoEndpoint

from app.demonstration.provider.memory import AccessToken, Memory
from app.demonstration.provider.people import DemonstrationPerson


class _Bearer(BearerTokenValidator):
    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory

    def authenticate_token(self, token_string: str) -> AccessToken | None:
        return self._memory.tokens.get(token_string)


class _UserInfo(UserInfoEndpoint):
    def generate_user_info(self, user: DemonstrationPerson, scope: str) -> UserInfo:
        return user.claims(scope)


def userinfo_endpoint(memory: Memory) -> UserInfoEndpoint:
    """The endpoint, bound to one provider's memory."""
    protector = ResourceProtector()
    protector.register_token_validator(_Bearer(memory))
    return _UserInfo(resource_protector=protector)
