"""Tests of the forwarder against a server of its own: python3 -m unittest"""

import base64
import gzip
import hashlib
import http.server
import io
import json
import os
import sys
import threading
import types
import unittest
from unittest import mock

BOTO3 = types.ModuleType("boto3")
BOTO3.client = lambda name: (_ for _ in ()).throw(AssertionError("no client set for " + name))
sys.modules["boto3"] = BOTO3

import forward_to_millrace as forwarder  # noqa: E402

SECRET = "s3cr3tKeyForTestsOnly"


class FakeServer(http.server.BaseHTTPRequestHandler):
    """Keeps the contract of creating tasks; what goes wrong is set by tests."""

    tasks = {}
    troubles = []
    batches = []
    description = None

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        _, _, _, _, login, seconds, signature = self.path.split("/")
        cls = type(self)
        if cls.troubles:
            trouble = cls.troubles.pop(0)
            if trouble == "cut":
                self.close_connection = True
                return
            self.send_response(trouble)
            self.send_header("Retry-After", "0")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        expected = hashlib.sha1((seconds + SECRET).encode() + body + SECRET.encode()).hexdigest()
        if signature != expected or login != "7":
            self.answer({"request_proc": "error", "description": "Access denied: wrong signature", "ops": []})
            return
        operations = json.loads(body)["ops"]
        cls.batches.append(len(operations))
        results = []
        for operation in operations:
            assert operation["type"] == "create" and operation["obj"] == "task"
            assert operation["conv_id"] == 1001
            known = operation["ref"] in cls.tasks
            cls.tasks.setdefault(operation["ref"], operation["data"])
            result = {"proc": "error" if known else "ok", "ref": operation["ref"]}
            if known:
                result["description"] = "not unical reference"
            if cls.description:
                result = {"proc": "error", "ref": operation["ref"], "description": cls.description}
            results.append(result)
        self.answer({"request_proc": "ok", "ops": results})

    def answer(self, value):
        text = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *arguments):
        pass


class FakeS3:
    def __init__(self, objects):
        self.objects = objects

    def get_object(self, Bucket, Key, VersionId=None):
        return {"Body": io.BytesIO(self.objects[(Bucket, Key, VersionId)])}


def record(number):
    return {"eventVersion": "1.08", "eventID": "e%d" % number, "eventName": "RunInstances", "ü": None}


def log_file(count):
    return gzip.compress(json.dumps({"Records": [record(i) for i in range(count)]}).encode())


def notification(key="a+b%2Bc.json.gz", version=None, name="ObjectCreated:Put"):
    thing = {"key": key, "size": 1}
    if version:
        thing["versionId"] = version
    return {"Records": [{"eventSource": "aws:s3", "eventName": name,
                         "s3": {"bucket": {"name": "trail"}, "object": thing}}]}


class ForwardTest(unittest.TestCase):
    def setUp(self):
        FakeServer.tasks, FakeServer.troubles, FakeServer.batches = {}, [], []
        FakeServer.description = None
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), FakeServer)
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        environment = {
            "MILLRACE_URL": "http://127.0.0.1:%d/" % self.server.server_address[1],
            "MILLRACE_LOGIN": "7",
            "MILLRACE_PROCESS_ID": "1001",
            "MILLRACE_SECRET": SECRET,
        }
        for patch in (
            mock.patch.dict(os.environ, environment),
            mock.patch.object(forwarder, "BACKOFF_SECONDS", 0.001),
            mock.patch.object(forwarder, "_secret", None),
            mock.patch.object(forwarder, "_clients", {}),
        ):
            patch.start()
            self.addCleanup(patch.stop)

    def bucket(self, content, key="a b+c.json.gz", version=None):
        forwarder._clients["s3"] = FakeS3({("trail", key, version): content})

    def test_a_file_becomes_tasks_in_batches(self):
        self.bucket(log_file(1201))
        counts = forwarder.handler(notification())
        self.assertEqual(counts, {"created": 1201, "duplicates": 0, "refused": 0})
        self.assertEqual(FakeServer.batches, [500, 500, 201])
        self.assertEqual(FakeServer.tasks["e1200"], record(1200))

    def test_a_file_that_comes_twice_creates_nothing_twice(self):
        self.bucket(log_file(3))
        forwarder.handler(notification())
        self.assertEqual(forwarder.handler(notification())["duplicates"], 3)

    def test_every_wrapping_leads_to_the_file(self):
        plain = notification()
        sns = {"Type": "Notification", "Message": json.dumps(plain)}
        wrappings = [
            plain,
            sns,
            {"Records": [{"EventSource": "aws:sns", "Sns": {"Message": json.dumps(plain)}}]},
            {"Records": [{"eventSource": "aws:sqs", "body": json.dumps(sns)}]},
            {"detail-type": "Object Created", "source": "aws.s3",
             "detail": {"bucket": {"name": "trail"}, "object": {"key": "a b+c.json.gz"}}},
            {"s3Bucket": "trail", "s3ObjectKey": ["a b+c.json.gz"]},
        ]
        for wrapping in wrappings:
            FakeServer.tasks = {}
            self.bucket(log_file(2))
            self.assertEqual(forwarder.handler(wrapping)["created"], 2, wrapping)

    def test_the_named_version_is_fetched(self):
        self.bucket(log_file(2), version="v1")
        self.assertEqual(forwarder.handler(notification(version="v1"))["created"], 2)

    def test_nothing_is_fetched_for_what_holds_no_records(self):
        forwarder._clients["s3"] = FakeS3({})
        for event in (
            {"Service": "Amazon S3", "Event": "s3:TestEvent"},
            {"Type": "Notification", "Message": "CloudTrail validation message."},
            notification(name="ObjectRemoved:Delete"),
            notification(key="AWSLogs/1/CloudTrail-Digest/x.json.gz"),
            notification(key="AWSLogs/1/CloudTrail/"),
        ):
            self.assertEqual(forwarder.handler(event)["created"], 0)

    def test_a_record_in_eventbridges_envelope_is_forwarded(self):
        event = {"detail-type": "AWS API Call via CloudTrail", "source": "aws.ec2", "detail": record(1)}
        forwarder.handler(event)
        self.assertEqual(FakeServer.tasks, {"e1": record(1)})

    def test_log_subscriptions_are_forwarded_and_control_messages_dropped(self):
        for kind, expected in (("DATA_MESSAGE", 2), ("CONTROL_MESSAGE", 0)):
            FakeServer.tasks = {}
            payload = {"messageType": kind,
                       "logEvents": [{"message": json.dumps(record(i))} for i in range(2)]}
            data = base64.b64encode(gzip.compress(json.dumps(payload).encode())).decode()
            self.assertEqual(forwarder.handler({"awslogs": {"data": data}})["created"], expected)

    def test_overload_and_cut_connections_are_tried_again(self):
        FakeServer.troubles = [503, 429, "cut"]
        self.bucket(log_file(2))
        self.assertEqual(forwarder.handler(notification())["created"], 2)

    def test_a_server_that_stays_away_fails_the_event(self):
        FakeServer.troubles = [503] * 50
        self.bucket(log_file(2))
        with self.assertRaisesRegex(forwarder.ForwardError, "after 6 attempts: HTTP status 503"):
            forwarder.handler(notification())

    def test_a_wrong_secret_fails_the_event(self):
        os.environ["MILLRACE_SECRET"] = "wrong"
        self.bucket(log_file(1))
        with self.assertRaisesRegex(forwarder.ForwardError, "wrong signature"):
            forwarder.handler(notification())

    def test_a_paused_process_fails_the_event_and_a_refused_record_does_not(self):
        self.bucket(log_file(1))
        FakeServer.description = "conveyor is not active"
        with self.assertRaisesRegex(forwarder.ForwardError, "conveyor is not active"):
            forwarder.handler(notification())
        self.bucket(log_file(1))
        FakeServer.description = "Param: x, Error: required"
        self.assertEqual(forwarder.handler(notification())["refused"], 1)

    def test_truncated_files_fail_the_event(self):
        whole = log_file(5000)
        self.bucket(whole[: len(whole) // 2])
        with self.assertRaises((forwarder.ForwardError, EOFError)):
            forwarder.handler(notification())
        self.bucket(b'{"Records":[{"eventID":"a"},{"eve')
        with self.assertRaises(forwarder.ForwardError):
            forwarder.handler(notification())

    def test_plain_files_and_empty_files_are_read(self):
        self.bucket(b'{"Records":[]}')
        self.assertEqual(forwarder.handler(notification())["created"], 0)
        self.bucket(b' {"Records" : [ {"eventID":"a"} , {"eventID":"b"} ] } ')
        self.assertEqual(forwarder.handler(notification())["created"], 2)

    def test_unknown_events_are_told(self):
        with self.assertRaisesRegex(forwarder.ForwardError, "members"):
            forwarder.handler({"hello": 1})

    def test_the_secret_comes_from_secrets_manager(self):
        manager = mock.Mock()
        manager.get_secret_value.return_value = {"SecretString": SECRET + "\n"}
        forwarder._clients["secretsmanager"] = manager
        os.environ["MILLRACE_SECRET_ARN"] = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:m"
        self.bucket(log_file(1200))
        self.assertEqual(forwarder.handler(notification())["created"], 1200)
        manager.get_secret_value.assert_called_once()

    def test_the_signature_is_that_of_the_published_example(self):
        body = b'{"ops":[{"type":"create","obj":"task","conv_id":1001,"ref":"r-1","data":{"a":1}}]}'
        self.assertEqual(
            forwarder.signature_of("1700000000", SECRET, body),
            "02c920409ebdb87446a899593ad8789b2ebcfa87",
        )


if __name__ == "__main__":
    unittest.main()
