"""Forwards CloudTrail records to a Millrace process.

Triggers: S3 notifications (direct, or wrapped by SNS or EventBridge) and CloudWatch Logs
subscriptions. Every record becomes a task with its eventID as reference, so that a record
delivered twice creates one task. Any failure is raised: Lambda then tries the event again
and, in the end, hands it to the dead-letter queue.

Environment:
    MILLRACE_URL          address of the server, such as https://millrace.example.com
    MILLRACE_LOGIN        number of the API key
    MILLRACE_PROCESS_ID   the process that gets the records
    MILLRACE_SECRET_ARN   Secrets Manager secret that holds the API key's secret, or
    MILLRACE_SECRET       the secret itself (for trials)
"""

import base64
import gzip
import hashlib
import http.client
import io
import json
import logging
import os
import time
import urllib.error
import urllib.parse
import urllib.request

import boto3

LOG = logging.getLogger()
LOG.setLevel(logging.INFO)

OPERATIONS_MAX = 500
BODY_BYTES_MAX = 4 * 1024 * 1024
RECORD_CHARS_MAX = 4 * 1024 * 1024
TEXT_CHARS_MAX = 2 * 1024 * 1024 * 1024
WRAPPINGS_MAX = 4
ATTEMPTS_MAX = 6
BACKOFF_SECONDS = 0.5
BACKOFF_SECONDS_MAX = 20.0
TIMEOUT_SECONDS = 30
REFERENCE_LENGTH_MAX = 255

VALIDATION_MESSAGE = "CloudTrail validation message."
DUPLICATE = "not unical reference"
NOT_RECORDS = ("/CloudTrail-Digest/",)

_clients = {}
_secret = None


class ForwardError(Exception):
    """The event could not be forwarded as a whole; Lambda should try it again."""


def handler(event, context=None):
    """Entry point of the function."""
    sender = Sender()
    for record in records_of(event):
        sender.add(record)
    sender.flush()
    LOG.info(json.dumps({"forwarded": sender.counts}))
    return sender.counts


# --- what an event says -------------------------------------------------------------------


def records_of(event):
    """Yields the records that an event carries or points to, one at a time."""
    if "awslogs" in event:
        yield from log_records(event["awslogs"]["data"])
        return
    found = Found()
    found.take(event, 1)
    yield from found.records
    for bucket, key, version in found.objects:
        if not key.endswith("/") and not any(part in key for part in NOT_RECORDS):
            yield from object_records(bucket, key, version)


class Found:
    """Objects and records named by an event, whatever it is wrapped in."""

    def __init__(self):
        self.objects = []
        self.records = []

    def take(self, message, depth):
        if depth > WRAPPINGS_MAX:
            raise ForwardError("Expected at most %d wrappings, but found more" % WRAPPINGS_MAX)
        if not isinstance(message, dict):
            raise ForwardError("Expected an event object, but got %s" % type(message).__name__)
        if isinstance(message.get("Records"), list):
            for element in message["Records"]:
                self.element(element, depth)
        elif message.get("Type") == "Notification" and "Message" in message:
            self.text(message["Message"], depth + 1)
        elif "s3Bucket" in message and isinstance(message.get("s3ObjectKey"), list):
            for key in message["s3ObjectKey"]:
                self.objects.append((message["s3Bucket"], key, None))
        elif message.get("Event") == "s3:TestEvent":
            return
        elif "detail-type" in message:
            self.event_bridge(message)
        else:
            raise ForwardError("Unknown event with the members %s" % sorted(message)[:10])

    def text(self, text, depth):
        if text.strip() == VALIDATION_MESSAGE:
            return
        try:
            message = json.loads(text)
        except ValueError as error:
            raise ForwardError("Expected JSON inside the event, but: %s" % error) from error
        self.take(message, depth)

    def element(self, element, depth):
        if "s3" in element:
            if element["eventName"].removeprefix("s3:").startswith("ObjectCreated:"):
                thing = element["s3"]["object"]
                # Form rules, once: a plus is a blank, %2B is a plus.
                key = urllib.parse.unquote_plus(thing["key"])
                bucket = element["s3"]["bucket"]["name"]
                self.objects.append((bucket, key, thing.get("versionId")))
        elif "Sns" in element:
            self.text(element["Sns"]["Message"], depth + 1)
        elif element.get("eventSource") == "aws:sqs":
            self.text(element["body"], depth + 1)
        else:
            raise ForwardError("Unknown element with the members %s" % sorted(element)[:10])

    def event_bridge(self, message):
        detail = message.get("detail", {})
        if message["detail-type"].endswith(" via CloudTrail"):
            self.records.append(detail)
        elif message.get("source") == "aws.s3":
            if message["detail-type"] == "Object Created":
                # Here the key is not encoded.
                thing = detail["object"]
                self.objects.append(
                    (detail["bucket"]["name"], thing["key"], thing.get("version-id"))
                )
        else:
            raise ForwardError("Unknown EventBridge event %r" % message["detail-type"])


def log_records(data):
    """Records of a CloudWatch Logs subscription: one in each log event."""
    with gzip.GzipFile(fileobj=io.BytesIO(base64.b64decode(data))) as stream:
        payload = json.loads(stream.read(64 * 1024 * 1024))
    if payload.get("messageType") != "DATA_MESSAGE":
        return
    for log_event in payload["logEvents"]:
        yield json.loads(log_event["message"])


# --- what an object holds -----------------------------------------------------------------


def object_records(bucket, key, version):
    """Streams the records of a log file; gzip is told by content."""
    request = {"Bucket": bucket, "Key": key}
    if version:
        request["VersionId"] = version
    body = client("s3").get_object(**request)["Body"]
    try:
        head = body.read(2)
        raw = io.BufferedReader(_Prefixed(head, body))
        stream = gzip.GzipFile(fileobj=raw) if head == b"\x1f\x8b" else raw
        text = io.TextIOWrapper(stream, encoding="utf-8-sig")
        yield from streamed_records(text, "s3://%s/%s" % (bucket, key))
    finally:
        body.close()


class _Prefixed(io.RawIOBase):
    """A stream whose first bytes were read already."""

    def __init__(self, head, rest):
        self._head = head
        self._rest = rest

    def readable(self):
        return True

    def readinto(self, target):
        chunk = self._head or self._rest.read(len(target))
        self._head = chunk[len(target):] if self._head else b""
        count = min(len(chunk), len(target))
        target[:count] = chunk[:count]
        return count


def streamed_records(text, name):
    """Yields the elements of the array in {"Records":[…]}, holding one at a time."""
    window = _Window(text, name)
    window.fill()
    if not window.text.strip() and window.ended:
        return
    start = window.find_records()
    if start is None:
        LOG.warning(json.dumps({"skipped": name, "reason": "no Records member"}))
        return
    window.drop(start)
    while True:
        window.skip(" \t\r\n,")
        if window.text.startswith("]"):
            return
        yield window.value()


class _Window:
    """The part of a text that is in memory."""

    CHUNK = 256 * 1024

    def __init__(self, source, name):
        self.source = source
        self.name = name
        self.text = ""
        self.ended = False
        self.total = 0
        self.decoder = json.JSONDecoder()

    def fill(self):
        chunk = self.source.read(self.CHUNK)
        self.total += len(chunk)
        if self.total > TEXT_CHARS_MAX:
            raise ForwardError("%s is larger than %d characters" % (self.name, TEXT_CHARS_MAX))
        if not chunk:
            self.ended = True
        self.text += chunk

    def drop(self, count):
        self.text = self.text[count:]

    def find_records(self):
        """Position behind the array's bracket, or None when this is no log file."""
        at = self.text.find('"Records"')
        bracket = self.text.find("[", at)
        if at < 0 or bracket < 0 or self.text[at + 9 : bracket].strip() != ":":
            return None
        return bracket + 1

    def skip(self, characters):
        while True:
            self.text = self.text.lstrip(characters)
            if self.text:
                return
            if self.ended:
                raise ForwardError("%s ends in the middle" % self.name)
            self.fill()

    def value(self):
        while True:
            try:
                value, end = self.decoder.raw_decode(self.text)
            except ValueError as error:
                if self.ended or len(self.text) > RECORD_CHARS_MAX:
                    raise ForwardError("%s is not readable: %s" % (self.name, error)) from error
                self.fill()
                continue
            self.drop(end)
            return value


# --- to the server ------------------------------------------------------------------------


def reference_of(record):
    """The key by which a record that comes twice is known."""
    event_id = record.get("eventID")
    if isinstance(event_id, str) and event_id.strip() and len(event_id) <= REFERENCE_LENGTH_MAX:
        return event_id
    text = json.dumps(record, separators=(",", ":"), ensure_ascii=False)
    return "sha256-" + hashlib.sha256(text.encode()).hexdigest()


def signature_of(seconds, secret, body):
    """SHA-1 over time, secret, body, secret: the signature of the API."""
    key = secret.encode()
    return hashlib.sha1(seconds.encode() + key + body + key).hexdigest()


class Sender:
    """Collects records and sends them in signed batches."""

    def __init__(self):
        self.url = os.environ["MILLRACE_URL"].rstrip("/")
        self.login = os.environ["MILLRACE_LOGIN"]
        self.process_id = int(os.environ["MILLRACE_PROCESS_ID"])
        self.operations = []
        self.size = 0
        self.counts = {"created": 0, "duplicates": 0, "refused": 0}

    def add(self, record):
        if not isinstance(record, dict):
            LOG.warning(json.dumps({"skipped": "a record that is no object"}))
            self.counts["refused"] += 1
            return
        operation = json.dumps(
            {
                "type": "create",
                "obj": "task",
                "conv_id": self.process_id,
                "ref": reference_of(record),
                "once": True,
                "data": record,
            },
            separators=(",", ":"),
            ensure_ascii=False,
        ).encode()
        if self.operations and self.size + len(operation) > BODY_BYTES_MAX:
            self.flush()
        self.operations.append(operation)
        self.size += len(operation) + 1
        if len(self.operations) >= OPERATIONS_MAX:
            self.flush()

    def flush(self):
        if not self.operations:
            return
        operations, self.operations, self.size = self.operations, [], 0
        answer = self.post(b'{"ops":[' + b",".join(operations) + b"]}")
        if answer.get("request_proc") != "ok":
            raise ForwardError("The server refused: %s" % answer.get("description", answer))
        results = answer.get("ops", [])
        if len(results) != len(operations):
            raise ForwardError("%d answers to %d operations" % (len(results), len(operations)))
        for result in results:
            self.count(result)

    def count(self, result):
        description = result.get("description", "")
        if result.get("proc") == "ok":
            self.counts["duplicates" if result.get("existed") else "created"] += 1
        elif description == DUPLICATE:
            self.counts["duplicates"] += 1
        elif concerns_process(description):
            raise ForwardError("Process %d takes no tasks: %s" % (self.process_id, description))
        else:
            self.counts["refused"] += 1
            LOG.warning(json.dumps({"refused": result.get("ref"), "reason": description}))

    def post(self, body):
        trouble = None
        for attempt in range(ATTEMPTS_MAX):
            seconds = str(int(time.time()))
            signature = signature_of(seconds, secret(), body)
            request = urllib.request.Request(
                "%s/api/2/json/%s/%s/%s" % (self.url, self.login, seconds, signature),
                data=body,
                headers={"Content-Type": "application/json; charset=utf-8"},
            )
            wait = min(BACKOFF_SECONDS_MAX, BACKOFF_SECONDS * 2**attempt)
            try:
                with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
                    return json.load(response)
            except urllib.error.HTTPError as error:
                trouble = "HTTP status %d" % error.code
                retry_after = error.headers.get("Retry-After", "")
                error.close()
                if error.code not in (429, 500, 502, 503, 504):
                    raise ForwardError("The server answered %s" % trouble) from None
                if retry_after.isdigit():
                    wait = min(BACKOFF_SECONDS_MAX, float(retry_after))
            except (OSError, http.client.HTTPException, ValueError) as error:
                trouble = "%s: %s" % (type(error).__name__, error)
            if attempt + 1 < ATTEMPTS_MAX:
                time.sleep(wait)
        raise ForwardError("No answer from %s after %d attempts: %s" % (self.url, ATTEMPTS_MAX, trouble))


def concerns_process(description):
    """Whether an error is about the process and not about one record: worth another try."""
    return (
        description in ("conveyor is not active", "Access denied", "RPS limit reached")
        or description.startswith("Too many requests")
        or (description.startswith("Object ") and description.endswith(" does not exist"))
    )


# --- surroundings -------------------------------------------------------------------------


def client(name):
    if name not in _clients:
        _clients[name] = boto3.client(name)
    return _clients[name]


def secret():
    """The API key's secret, read once per container; never logged."""
    global _secret
    if _secret is None:
        arn = os.environ.get("MILLRACE_SECRET_ARN")
        if arn:
            _secret = client("secretsmanager").get_secret_value(SecretId=arn)["SecretString"].strip()
        else:
            _secret = os.environ["MILLRACE_SECRET"]
    return _secret
