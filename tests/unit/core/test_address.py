import pytest
import sqlalchemy as sa

from app.core.address import sqlalchemy_url

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
