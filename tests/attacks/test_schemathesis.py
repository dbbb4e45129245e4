"""Whatever anybody asks of the open data: no answer breaks, and each is as the document says.

SCHEMATHESIS_EXAMPLES says how many questions are made up for each address (`make schemathesis`).
"""

import os
import subprocess

import pytest

from tests.integration.open_referral.conftest import another, charity, club, curator, reference
from tests.pages import ROOT

__all__ = ["another", "charity", "club", "curator", "reference"]

TOOL = ROOT / ".venv-checking" / "bin" / "schemathesis"
EXAMPLES = os.environ.get("SCHEMATHESIS_EXAMPLES", "10")
# Not that every question is accepted: a postcode of the right shape may not exist.
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
)


@pytest.mark.skipif(not TOOL.exists(), reason="make .venv-checking/installed has not been run")
def test_no_question_breaks_the_open_data(running, club, tmp_path):
    api = f"{running.url}/open-referral/v3"
    command = [str(TOOL), "run", f"{api}/openapi.json", "--url", api, "--no-color"]
    command += ["--checks", ",".join(CHECKS), "--max-examples", EXAMPLES, "--seed", "4"]
    command += ["--phases", "examples,coverage,fuzzing", "--generation-database", "none"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
