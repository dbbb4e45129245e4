"""NHS CIS2: the role somebody chose at their sign-in, and the organisation it is for.

`selected_roleid` must be exactly one of the roles in `nhsid_nrbac_roles`; its `org_code` is the
ODS code of the agency they may act for. The words say what an administrator has to look at.
"""

import re
from typing import Any

from app.identity.oidc.claims import Claims
from app.identity.oidc.refusals import SignInRefused

ODS_CODE = re.compile(r"[A-Z0-9]{3,12}")
NO_ROLE = (
    "Your NHS sign-in did not say which role you chose. Sign in again and choose the role for "
    "this organisation. If you were not asked, your administrator can check that the provider is "
    "asked for the role (scope “nationalrbacaccess” and the claim selected_roleid)."
)
NO_ROLES = (
    "Your NHS sign-in listed no roles that we can read. Your Registration Authority can check "
    "that your account has a role for this organisation; your administrator can check the scope "
    "“nationalrbacaccess” and the claim nhsid_nrbac_roles."
)
NOT_ONE = (
    "The role you chose is not exactly one of the roles on your NHS account. Sign in again; if it "
    "happens twice, your Registration Authority can check your roles."
)
NO_ODS = (
    "The role you chose names no organisation by an ODS code. Your Registration Authority can "
    "check the role."
)


def chosen_ods_code(id_token: Claims, person: Claims) -> str:
    """The ODS code of the role that was chosen.

    Raises:
        SignInRefused: no role was chosen, or it is not exactly one that the account has.
    """
    chosen = person.get("selected_roleid")
    if not isinstance(chosen, str) or not chosen.strip():
        raise SignInRefused("cis2.selected_roleid", NO_ROLE)
    if id_token.get("selected_roleid", chosen) != chosen:
        raise SignInRefused("cis2.two_roles", NOT_ONE)
    found = [role for role in _roles(person) if role.get("person_roleid") == chosen]
    if len(found) != 1:
        raise SignInRefused("cis2.roles", NOT_ONE, detail=f"{len(found)} roles fit")
    code = found[0].get("org_code")
    if not isinstance(code, str) or not ODS_CODE.fullmatch(code.strip().upper()):
        raise SignInRefused("cis2.org_code", NO_ODS)
    return code.strip().upper()


def require_agency(code: str, of_agencies: list[str | None]) -> None:
    """Raise SignInRefused unless one of the user's agencies has the ODS code of their role."""
    known = sorted({one for one in of_agencies if one})
    if code not in known:
        said = f"of your agency ({' or '.join(known)})" if known else "of any agency of yours"
        words = (
            f"You chose a role at the organisation with ODS code {code}, which is not the ODS code "
            f"{said}. Sign in again and choose the other role, or ask your administrator to "
            "compare the two codes."
        )
        raise SignInRefused("cis2.other_organisation", words, detail=code)


def _roles(person: Claims) -> list[dict[str, Any]]:
    told = person.get("nhsid_nrbac_roles")
    if not isinstance(told, list) or not told or not all(isinstance(one, dict) for one in told):
        raise SignInRefused("cis2.no_roles", NO_ROLES)
    return told
