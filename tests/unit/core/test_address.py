import pytest
import sqlalchemy as sa

from app.core.address import sqlalchemy_url
from config import database
from config.environment import SettingsError
from config.settings import Settings
from tests.unit.core.test_settings import ENOUGH

ADDRESSES = [
    ("postgresql://u:p@db/trellis", ("db",), ()),
    ("postgresql://u:p@db:5433/trellis", ("db",), ("5433",)),
    (
        "postgresql://u:p%40,q@a:1,b:2/trellis?target_session_attrs=read-write",
        ("a", "b"),
        ("1", "2"),
    ),
    ("postgresql://a,b/trellis", ("a", "b"), ()),
]


@pytest.mark.parametrize(("url", "hosts", "ports"), ADDRESSES)
def test_every_host_of_an_address_is_kept(url, hosts, ports):
    engine = sa.create_engine(sqlalchemy_url(url))
    _, told = engine.dialect.create_connect_args(engine.url)
    assert told["host"] == ",".join(hosts)
    assert tuple(filter(None, str(told.get("port", "")).split(","))) == ports
    assert told["dbname"] == "trellis"
    if "target" in url:
        assert told["target_session_attrs"] == "read-write"
        assert told["password"] == "p@,q"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("", True),
        ("postgresql://u:p@127.0.0.1:5432/trellis", True),
        ("postgresql://u:p%40,q@localhost,[::1]:5433/trellis", True),
        ("postgresql://u@/trellis?host=/run/postgresql", True),
        ("postgresql://u@%2Frun%2Fpostgresql/trellis", True),
        ("postgresql://u:p@db/trellis", False),
        ("postgresql://u:p@127.0.0.1.example.org/trellis", False),
        ("postgresql://u:p@localhost,db-b/trellis", False),
        ("postgresql://u@localhost/trellis?hostaddr=10.0.0.9", False),
        ("postgresql://u:p@[2001:db8::1]:5432/trellis", False),
        ("postgresql://u:p@db/trellis?sslmode=require", False),
        ("postgresql://u:p@db-a,db-b/trellis?sslmode=verify-full", True),
    ],
)
def test_a_database_elsewhere_has_to_show_who_it_is(url, safe):
    given = {**ENOUGH, "TRELLIS_BACKUP_DATABASE_URL": url}
    assert database.is_safe(url, {}) is safe
    assert database.is_safe(url, {"PGSSLMODE": "verify-full"}) is (safe or "sslmode" not in url)
    if safe:
        assert Settings.load(given)
    else:
        with pytest.raises(
            SettingsError, match="BACKUP_DATABASE_URL leads to another machine"
        ) as refused:
            Settings.load(given)
        assert url not in str(refused.value)
    assert Settings.load({**given, "TRELLIS_DEMONSTRATION": "1"})
