"""Whatever comes in is taken or refused with a code and words, and the talk goes on."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import struct
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi.testclient import TestClient
from httpx2 import Response
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import GatewayConfig
from bot.errors import BadToken, BrokenFile, GatewayError, PictureTooLarge, UnsupportedType
from bot.identity import merchant_of_token
from bot.sniff import KINDS, sniff
from bot.words import ERRORS
from casefile import EvidenceStatus
from tests.bot.talking import SECRET, Echo, agree, answers, enter, jpeg, send

INVISIBLE = "\x00\x07\u200b\u200e\u202e\u2066\ufeff"
JSON = {"content-type": "application/json"}
FORM = "multipart/form-data; boundary=x"
END = b"--x--\r\n"


def refused(answer: Response, *statuses: int) -> str:
    """The code of a refusal that says all it must."""
    assert answer.status_code in (statuses or range(400, 500)), answer.text[:200]
    body = answer.json()
    assert set(body) == {"code", "message"}
    assert body["message"] in ERRORS[body["code"]]
    return body["code"]


@pytest.fixture
def headers(client: TestClient) -> Iterator[dict[str, str]]:
    """A merchant who agreed; afterwards the talk goes on."""
    headers = enter(client)
    agree(client, headers)
    yield headers
    said = client.post("/api/messages", headers=headers, json={"text": "还在吗"})
    assert said.status_code == 202
    for _ in range(100):
        events = client.get("/api/messages", headers=headers).json()
        if any(e.get("in_reply_to") == said.json()["message_id"] for e in events):
            return
        time.sleep(0.05)
    raise AssertionError("no answer any more")


# --- what is said ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"text":"\\ud800"}', "empty_text"),
        (b'{"text":"a","client_message_id":"\\udc00"}', "bad_request"),
        (b'{"text":"a","client_message_id":"\\u0000"}', "bad_request"),
        (b'{"payload":"/affirm\\u0000"}', "unknown_button"),
        (b'{"payload":"' + b"x" * 100_000 + b'"}', "unknown_button"),
        (b"[" * 100_000, "bad_request"),
        (b'{"a":' * 100_000, "bad_request"),
        (b'{"text":' + b"9" * 10_000 + b"}", "bad_request"),
        (b'{"text":NaN}', "bad_request"),
        (b'{"text":"\xff"}', "bad_request"),
        (b"", "bad_request"),
        (json.dumps({"text": "字" * 20_000}).encode(), "text_too_long"),
        (b'{"text":"' + b"a" * 2_000_000 + b'"}', "text_too_long"),
        (json.dumps({"text": INVISIBLE}).encode(), "empty_text"),
    ],
)
def test_words_that_are_none(
    client: TestClient, headers: dict[str, str], body: bytes, code: str
) -> None:
    answer = client.post("/api/messages", headers={**headers, **JSON}, content=body)
    assert refused(answer, 422 if code != "bad_request" else 400, 422) == code


def test_what_cannot_be_seen_is_left_out(
    client: TestClient, headers: dict[str, str], engine: Echo
) -> None:
    client.post("/api/messages", headers=headers, json={"text": f"额{INVISIBLE}度"})
    answers(client, headers, 2)
    assert engine.heard[-1] == "额度"


def test_reviews_and_corrections_are_as_strict(client: TestClient, headers: dict[str, str]) -> None:
    evidence = send(client, headers, jpeg()).json()["evidence_id"]
    correct, review = f"/api/evidence/{evidence}/corrections", "/api/case/review"

    def post(path: str, **body: Any) -> Response:
        return client.post(path, headers=headers, json=body)

    assert refused(post(review, reason="x" * 20_000)) == "text_too_long"
    assert refused(post(review, reason=INVISIBLE)) == "empty_text"
    assert refused(post(correct, field="x" * 61, value="1")) == "bad_request"
    assert refused(post(correct, field="name", value="x"), 409) == "not_read_yet"
    taken = post(review, reason=f"想{INVISIBLE}问问")
    assert taken.status_code == 201
    assert client.get("/api/case", headers=headers).json()["reviews"][0]["reason"] == "想问问"


def test_any_text_and_key(client: TestClient, headers: dict[str, str]) -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=60), st.text(max_size=120))
    def say(text: str, key: str) -> None:
        body = json.dumps({"text": text, "client_message_id": key})
        answer = client.post("/api/messages", headers={**headers, **JSON}, content=body)
        assert answer.status_code == 202 or refused(answer, 422)

    say()


def test_corrections_of_what_was_read(client: TestClient, headers: dict[str, str]) -> None:
    evidence = send(client, headers, jpeg()).json()["evidence_id"]
    case_id = client.get("/api/case", headers=headers).json()["case_id"]
    fields = {
        name: {"value": "1", "confidence": 0.5} for name in ("name", "total_cny", "issued_on")
    }
    with client.casefile.begin() as ledger:
        ledger.proofs.move(
            case_id, evidence, EvidenceStatus.ACCEPTED, inspection={"fields": fields}
        )

    def correct(**body: Any) -> Response:
        content = json.dumps(body)
        path = f"/api/evidence/{evidence}/corrections"
        return client.post(path, headers={**headers, **JSON}, content=content)

    for field, value, code in (
        ("name", INVISIBLE, "empty_text"),
        ("name", "字" * 20_000, "text_too_long"),
        ("name", ["x"], "bad_request"),
        ("total_cny", "负负", "bad_value"),
        ("total_cny", "9" * 4_000, "bad_value"),
        ("issued_on", "０" * 4_000, "bad_value"),
        ("\ud800", "x", "bad_request"),
        ("nothing\0", "x", "unknown_field"),
    ):
        assert refused(correct(field=field, value=value), 422) == code
    taken = correct(field="name", value=f"王{INVISIBLE}建国").json()
    assert [f["corrected"] for f in taken["fields"] if f["name"] == "name"] == ["王建国"]


# --- what is sent ---------------------------------------------------------------------------


def part(name: bytes, content: bytes, extra: bytes = b"") -> bytes:
    return b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n' % (
        name,
        extra,
        content,
    )


def upload(client: TestClient, headers: dict[str, str], body: Any, kind: str = FORM) -> Response:
    return client.post("/api/uploads", headers={**headers, "content-type": kind}, content=body)


@pytest.mark.parametrize(
    "name",
    [b"", b"../../etc/passwd", b"a" * 300, b"C:\\x", b"\xff\xfe", b"a\0b", "\u202egpj".encode()],
)
def test_a_files_name_is_nothing_to_us(
    client: TestClient, headers: dict[str, str], name: bytes
) -> None:
    body = part(b"file", jpeg(), b'; filename="%s"' % name) + END
    taken = upload(client, headers, body)
    assert taken.status_code == 201
    assert taken.json()["sha256"] == hashlib.sha256(jpeg()).hexdigest()


FILE = part(b"file", jpeg(), b'; filename="a"')


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Starlette's file
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (FILE + END, "multipart/form-data"),
        (FILE + END, "multipart/form-data; boundary=" + "x" * 300),
        (FILE + END, "multipart/form-data; boundary=x; charset=undefined"),
        (FILE + END, "application/json"),
        (FILE[:-20], FORM),
        (b"", FORM),
        (b"\xff" * 100, FORM),
        (part(b"file", jpeg()) + END, FORM),
        (part(b"file", b"x", b'; filename="a"\r\nX-A: ' + b"y" * 100_000) + END, FORM),
        (part(b"file", b"x", b'; filename="a"' + b"\r\nX-A: y" * 5_000) + END, FORM),
        (b"".join(part(b"f%d" % n, b"x") for n in range(5_000)) + FILE + END, FORM),
        (part(b"file", b"x", b'; filename="a"') * 3_000 + END, FORM),
        (b"--x\r\n\r\nx\r\n" + END, FORM),
        (FILE + part(b"declared", b"\0") + END, FORM),
        (FILE + part(b"declared", b"x" * 41) + END, FORM),
        (FILE + part(b"client_upload_id", b"a\nb") + END, FORM),
        (FILE + part(b"declared", b"x" * 2_000_000) + END, FORM),
    ],
)
def test_forms_that_are_none(
    client: TestClient, headers: dict[str, str], body: bytes, kind: str
) -> None:
    assert refused(upload(client, headers, body, kind), 400, 422) == "bad_request"
    assert client.get("/api/evidence", headers=headers).json() == []


def test_of_two_files_at_once_none_is_lost_unnoticed(
    client: TestClient, headers: dict[str, str]
) -> None:
    assert refused(upload(client, headers, FILE + FILE + END), 422) == "one_file_at_a_time"


def test_a_body_without_an_end_is_refused_while_it_comes(
    client: TestClient, headers: dict[str, str]
) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        for _ in range(40):
            sent += 1
            yield bytes(1024 * 1024)

    assert refused(upload(client, headers, endless()), 413) == "file_too_large"
    answer = client.post("/api/messages", headers=headers, content=endless())
    assert refused(answer, 422) == "text_too_long"


def test_a_refusal_speaks_the_sessions_language_even_of_what_is_no_request(
    client: TestClient, headers: dict[str, str]
) -> None:
    claims = {"sub": "m-en", "aud": "bailing", "exp": datetime.now(UTC) + timedelta(minutes=1)}
    token = jwt.encode({**claims, "language": "en"}, SECRET, "HS256")
    opened = client.post("/api/session", json={"merchant_token": token}).json()
    client.cookies.clear()
    english = {"Authorization": f"Bearer {opened['token']}", "Accept-Language": "zh"}
    for path, body in (("/api/messages", b"{"), ("/api/uploads", b"x"), ("/api/nowhere", b"")):
        answer = client.post(path, headers=english, content=body)
        assert answer.json()["message"] == ERRORS[refused(answer)][1]


# --- files, by their bytes ------------------------------------------------------------------


def archive(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in names:
            zipped.writestr(name, b"x" * 100)
    return held.getvalue()


def webp(width: int, height: int) -> bytes:
    from PIL import Image

    held = io.BytesIO()
    Image.new("RGB", (width, height)).save(held, "WEBP")
    return held.getvalue()


def boxes(width: int, height: int) -> bytes:
    """A HEIC by its structure: its brand and the size that it claims."""
    size = struct.pack(">I4sIII", 20, b"ispe", 0, width, height)
    meta = struct.pack(">I4sI", len(size) + 12, b"meta", 0) + size
    return struct.pack(">I4s4sI", 16, b"ftyp", b"heic", 0) + meta


def vp8x(width: int, height: int) -> bytes:
    sides = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    return b"RIFF" + struct.pack("<I", 22) + b"WEBPVP8X" + struct.pack("<II", 10, 0) + sides


PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def png_part(name: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", len(content)) + name + content + b"\0\0\0\0"


@pytest.mark.parametrize(
    "content",
    [
        jpeg().replace(struct.pack(">HH", 48, 64), struct.pack(">HH", 24_000, 24_000)),
        PNG_HEAD + png_part(b"IHDR", struct.pack(">II5x", 24_000, 24_000)) + png_part(b"IEND"),
        vp8x(24_000, 24_000),
        boxes(24_000, 24_000),
    ],
    ids=["jpeg", "png", "webp", "heic"],
)
def test_576_megapixels_are_refused_by_the_header(content: bytes) -> None:
    with pytest.raises(PictureTooLarge):
        sniff(content)


def test_sizes_within_bounds_pass() -> None:
    assert sniff(boxes(8_000, 6_000)) == "image/heic"
    assert sniff(vp8x(8_000, 6_000)) == "image/webp"
    assert sniff(webp(640, 480)) == "image/webp"


@pytest.mark.parametrize(
    "content",
    [
        jpeg()[:2] + b"\xff" * 19_000_000,
        jpeg()[:2] + b"\xff\xe0\0\2" * 4_900_000,
        jpeg()[:-2] + b"\xff\xda" * 101 + b"\xff\xd9",
        PNG_HEAD
        + png_part(b"IHDR", struct.pack(">II5x", 9, 9))
        + png_part(b"IDAT") * 1_600_000
        + png_part(b"IEND"),
        boxes(9, 9) + struct.pack(">I4s", 8, b"free") * 2_000_000,
        archive("OFD.xml")[:-22] + b"PK\5\6" + b"\xff" * 18,
        b"PK\3\4" + b"PK\5\6" * 4_000_000,
    ],
    ids=["fill", "segments", "scans", "chunks", "boxes", "directory", "ends"],
)
def test_a_file_of_millions_of_parts_costs_the_web_process_little(content: bytes) -> None:
    began = time.process_time()
    with pytest.raises(BrokenFile):
        sniff(content)
    assert time.process_time() - began < 0.5


def test_an_archive_is_one_that_is_read_or_refused() -> None:
    assert sniff(archive("OFD.xml", "../../x", "a" * 300)) == "application/ofd"
    with pytest.raises(UnsupportedType):
        sniff(archive("word/document.xml"))


@given(
    st.binary(max_size=300), st.sampled_from(["jpeg", "png", "webp", "heic", "pdf", "zip", "xml"])
)
def test_no_bytes_break_the_look_at_them(content: bytes, kind: str) -> None:
    head = {
        "jpeg": b"\xff\xd8\xff",
        "png": PNG_HEAD,
        "webp": b"RIFF\0\0\0\0WEBP",
        "heic": b"\0\0\0\x10ftypheic",
        "pdf": b"%PDF-1.4",
        "zip": b"PK\3\4",
        "xml": b"<?xml",
    }[kind]
    with suppress(GatewayError):
        assert sniff(head + content) in {mime for _, mime, _ in KINDS}


# --- who one is -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lender(tmp_path_factory: pytest.TempPathFactory) -> tuple[GatewayConfig, Any, Any]:
    """A gateway that knows two keys of the lender and a shared secret."""
    edwards = ed25519.Ed25519PrivateKey.generate()
    rivest = rsa.generate_private_key(65_537, 2_048)
    keys = [
        json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(edwards.public_key())) | {"kid": "e"},
        json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(rivest.public_key())) | {"kid": "r"},
    ]
    path: Path = tmp_path_factory.mktemp("keys") / "jwks.json"
    path.write_text(json.dumps({"keys": keys}), encoding="utf-8")
    config = GatewayConfig("", "", True, None, merchant_secret=SECRET, merchant_jwks=str(path))
    return config, edwards, rivest


def claims(**other: Any) -> dict[str, Any]:
    return {"sub": "m-1", "aud": "bailing", "exp": int(time.time()) + 300, **other}


def b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def signed(header: bytes, body: bytes, secret: bytes = SECRET.encode()) -> str:
    first = f"{b64(header)}.{b64(body)}"
    return f"{first}.{b64(hmac.new(secret, first.encode(), hashlib.sha256).digest())}"


def test_the_lenders_keys_open(lender: tuple[GatewayConfig, Any, Any]) -> None:
    config, edwards, rivest = lender
    for key, algorithm, kid in ((edwards, "EdDSA", "e"), (rivest, "RS256", "r")):
        for header in ({"kid": kid}, {}):
            token = jwt.encode(claims(), key, algorithm, headers=header)
            assert merchant_of_token(token, config).subject == "m-1"


HS256 = b'{"alg":"HS256"}'


@pytest.mark.parametrize(
    "other",
    [
        {"exp": 1},
        {"exp": []},
        {"nbf": 9_999_999_999},
        {"aud": "other"},
        {"aud": {"a": 1}},
        {"sub": 5},
        {"sub": ""},
        {"sub": "a\0b"},
        {"sub": "x" * 201},
        {"name": {"a": 1}},
        {"region": [1]},
        {"limit_cny": True},
        {"limit_cny": "1e999999999"},
        {"limit_cny": -1},
        {"years_in_business": []},
    ],
)
def test_claims_that_do_not_hold(
    lender: tuple[GatewayConfig, Any, Any], other: dict[str, Any]
) -> None:
    with pytest.raises(BadToken):
        merchant_of_token(signed(HS256, json.dumps(claims(**other)).encode()), lender[0])


@pytest.mark.parametrize("body", [b"[" * 5_000, b"[]", b"null", b"\xff", b'{"exp":Infinity}'])
def test_bodies_that_are_no_claims(lender: tuple[GatewayConfig, Any, Any], body: bytes) -> None:
    with pytest.raises(BadToken):
        merchant_of_token(signed(HS256, body), lender[0])


@pytest.mark.parametrize(
    "header",
    [
        b'{"alg":"none"}',
        b'{"alg":"None"}',
        b'{"alg":[]}',
        b'{"alg":{}}',
        b"[]",
        b"null",
        b"[" * 6_000,
        b'{"alg":"EdDSA"}',
        b'{"alg":"EdDSA","kid":"r"}',
        b'{"alg":"EdDSA","kid":5}',
        b'{"alg":"RS256","kid":"e"}',
        b'{"alg":"RS256","kid":"r"}',
        b'{"alg":"HS384"}',
        b'{"alg":"HS256","crit":["x"]}',
    ],
)
def test_headers_that_prove_nothing(lender: tuple[GatewayConfig, Any, Any], header: bytes) -> None:
    good = signed(header, json.dumps(claims()).encode())
    for token in (good, good.rpartition(".")[0] + "."):
        with pytest.raises(BadToken):
            merchant_of_token(token, lender[0])


def test_the_public_key_is_no_shared_secret(lender: tuple[GatewayConfig, Any, Any]) -> None:
    config, edwards, rivest = lender
    for key in (edwards.public_key(), rivest.public_key()):
        pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        with pytest.raises(BadToken):
            merchant_of_token(signed(HS256, json.dumps(claims()).encode(), pem), config)


@pytest.mark.parametrize(
    ("limit", "kept"),
    [(1e5, "100000"), ("1E+5", "100000"), ("80000.129", "80000.13"), ("-0", "0"), ("1e-2000", "0")],
)
def test_amounts_of_the_lender_are_kept_to_the_fen(
    lender: tuple[GatewayConfig, Any, Any], limit: Any, kept: str
) -> None:
    token = jwt.encode(claims(limit_cny=limit), SECRET, "HS256")
    assert str(merchant_of_token(token, lender[0]).limit_cny) == kept


def test_names_of_the_lender_are_cleaned(lender: tuple[GatewayConfig, Any, Any]) -> None:
    token = jwt.encode(claims(name=f"王{INVISIBLE}建国", region="石" * 500), SECRET, "HS256")
    merchant = merchant_of_token(token, lender[0])
    assert merchant.name == "王建国"
    assert merchant.profile["region"] == ("石" * 60, None)


def test_nothing_of_another_merchant_is_reached(
    client: TestClient, headers: dict[str, str]
) -> None:
    evidence = send(client, headers, jpeg()).json()["evidence_id"]
    other = enter(client, "li")
    agree(client, other)
    for method, end, body in (
        ("GET", "", None),
        ("GET", "/file", None),
        ("GET", "/effect", None),
        ("DELETE", "", None),
        ("POST", "/corrections", {"field": "name", "value": "x"}),
    ):
        for evidence_id in (
            evidence,
            evidence.upper(),
            "ev_" + "0" * 24,
            "%00",
            "a" * 3_000,
            "%E2%80%AE",
        ):
            path = f"/api/evidence/{evidence_id}{end}"
            assert (
                refused(client.request(method, path, headers=other, json=body), 404) == "not_found"
            )
    case_id = client.get("/api/case", headers=headers).json()["case_id"]
    for path in ("/api/case", "/api/evidence", "/api/messages", "/api/export"):
        seen = client.get(path, headers=other)
        assert evidence.encode() not in seen.content
        assert case_id.encode() not in seen.content
    assert client.get(f"/api/evidence/{evidence}", headers=headers).json()["status"] == "received"


def test_the_header_speaks_before_the_cookie(client: TestClient, headers: dict[str, str]) -> None:
    other = enter(client, "li")
    mine = client.get("/api/case", headers=headers).json()["case_id"]
    both = {**headers, "Cookie": f"bailing_session={other['Authorization'][7:]}"}
    assert client.get("/api/case", headers=both).json()["case_id"] == mine
    wrong = {
        "Authorization": "Bearer nobody",
        "Cookie": f"bailing_session={headers['Authorization'][7:]}",
    }
    assert refused(client.get("/api/case", headers=wrong), 401) == "bad_token"
    odd = client.get("/api/case", headers={"Cookie": b"bailing_session=\xff"})
    assert refused(odd, 401) == "bad_token"


# --- what happened --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "after=-1",
        "after=x",
        "after=9007199254740993",
        "after=1.5",
        "after=%00",
        "wait=nan",
        "wait=inf",
    ],
)
def test_positions_that_are_none(client: TestClient, headers: dict[str, str], query: str) -> None:
    assert refused(client.get(f"/api/messages?{query}", headers=headers), 422) == "bad_request"
    if not query.startswith("wait"):
        assert refused(client.get(f"/api/events?{query}", headers=headers), 422) == "bad_request"


def test_the_list_goes_on_from_every_position(client: TestClient, headers: dict[str, str]) -> None:
    answers(client, headers, 1)
    send(client, headers, jpeg())
    every = client.get("/api/messages", headers=headers).json()
    for at in range(len(every) + 1):
        after = every[at - 1]["id"] if at else 0
        rest = client.get(f"/api/messages?after={after}", headers=headers).json()
        assert rest == every[at:]


@pytest.mark.parametrize("path", ["/api/nowhere", "/widget/..%2f..%2fconfig.yml", "/widget/%00"])
def test_there_is_nothing_there(client: TestClient, path: str) -> None:
    assert refused(client.get(path), 404) == "not_found"


def test_a_photo_with_a_video_behind_it_is_a_photo() -> None:
    demo = Path(__file__).parents[2] / "data" / "demo"
    content = (demo / "wang_truck.jpg").read_bytes()
    assert sniff(content + b"\xff\xda" * 5_000 + b"\xff\xd9") == "image/jpeg"
