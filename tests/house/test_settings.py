"""`.env.example` names every setting, and names nothing that is not one."""

import re

from config.acts import Act
from tests.house import plan

READ = re.compile(r'reader\.(?:text|number|key|keys|path_of)\(\s*"([A-Z_]+)"')
ELSEWHERE = {
    *("MAP_TILES", "MAP_ATTRIBUTION"),
    *("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_LABEL", "OIDC_SCOPE"),
    *("ROOT_KEY_STORE", "KMS_KEYS", "KMS_REGION", "KMS_URL", "VAULT_URL", "VAULT_KEY"),
    *("VAULT_MOUNT", "VAULT_NAMESPACE", "VAULT_TOKEN", "VAULT_CA"),
    *("OIDC_ACR", "OIDC_MAX_AGE", "OIDC_USERINFO", "OIDC_INSIDE", "OIDC_NHS_ROLES"),
    *("LIMIT_USER", "LIMIT_AGENCY", "LIMIT_SIGNED_OUT", "LIMIT_SEARCHES", "TRUSTED_PROXIES"),
    *("BIND", "WORKERS", "THREADS", "VAR"),
}


ACTS = {f"ACT_{act.name}_{part}" for act in Act for part in ("MAX_AGE", "ACR", "ROLES")}


def test_every_setting_is_in_the_example_and_nothing_else_is():
    example = (plan.ROOT / ".env.example").read_text()
    told = {
        name.removesuffix("_FILE")
        for line in example.splitlines()
        if (name := line.partition("=")[0].removeprefix("TRELLIS_")) and line.startswith("TRELLIS")
    }
    read = set(READ.findall((plan.ROOT / "config" / "settings.py").read_text()))
    assert told == read | ELSEWHERE | ACTS


def test_no_setting_is_read_outside_the_settings():
    readers = {
        path.relative_to(plan.ROOT).as_posix()
        for _dotted, path in plan.modules()
        if re.search(r"environ(\.get\(|\[)\s*[\"']TRELLIS_", path.read_text())
    }
    assert readers <= {
        "app/cli.py",  # before there are settings: where the demonstration keeps them
        "app/demonstration/environment.py",
        "app/demonstration/provider/__main__.py",
        "app/demonstration/provider/safety.py",
        "config/gunicorn.py",
        "migrations/env.py",
    }
