"""A NETCONF client of the lab: obeys lines on its standard input, answers each with one line. It is ncclient."""

import base64
import hashlib
import sys
import time
import warnings

warnings.filterwarnings("ignore")

from lxml import etree  # noqa: E402  (the warnings of the imports are not ours)
from ncclient import manager  # noqa: E402
from ncclient.operations import RPCError  # noqa: E402

BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"
CLUSTER = "urn:testudo:yang:testudo-cluster"
REQUEST_LIMIT_S = 30
COMMIT_LIMIT_S = 6
CLOSE_LIMIT_S = 2
session = None


def connect(host, port, user, key_file, limit_s):
    """Opens a session; tries again until the limit, as the server may just be starting."""
    global session
    close()
    deadline = time.monotonic() + float(limit_s)
    while True:
        try:
            session = manager.connect(host=host, port=int(port), username=user, key_filename=key_file, timeout=5,
                                      hostkey_verify=False, allow_agent=False, look_for_keys=False)
            break
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
    session.timeout = 60
    key = session._session.transport.get_remote_server_key().asbytes()
    digest = base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")
    return "SHA256:" + digest


def apply(file):
    """Puts a configuration into the candidate, and commits it."""
    with open(file, encoding="utf-8") as text:
        config = text.read()
    with session.locked("candidate"):
        session.edit_config(target="candidate", config=config)
        session.validate("candidate")
        session.commit()
    return ""


def rpc(operation):
    """Sends an operation (base64); the reply as XML, on one line."""
    session.timeout = REQUEST_LIMIT_S
    return " ".join(session.dispatch(etree.fromstring(base64.b64decode(operation))).xml.split())


def commit(config, commit_id):
    """Edits the candidate (base64) and commits it: what became of it, and what the server said."""
    element = etree.fromstring('<config xmlns="%s">%s</config>' % (BASE, base64.b64decode(config).decode()))
    operation = etree.fromstring('<commit xmlns="%s"><commit-id xmlns="%s">%s</commit-id></commit>'
                                 % (BASE, CLUSTER, commit_id))
    try:
        session.timeout = COMMIT_LIMIT_S
        session.edit_config(target="candidate", config=element)
    except Exception as error:
        drop()
        return "not-sent %s: %s" % (type(error).__name__, error)
    try:
        session.dispatch(operation)
        return "acknowledged"
    except RPCError as error:
        fate = "unknown" if error.app_tag == "outcome-unknown" else "refused"
        return "%s %s: %s" % (fate, error.app_tag or error.tag, error.message)
    except Exception as error:
        drop()
        return "unknown %s: %s" % (type(error).__name__, error)


def drop():
    """Forgets a session whose server may be dead, without a word to it."""
    global session
    if session is not None:
        try:
            session._session.transport.close()
        except Exception:
            pass  # It was closed by the other side.
        session = None


def members(*_):
    """The cluster's members: serial=A1,id=1,role=master,in-sync=true ..."""
    answer = session.get(filter=("subtree", '<cluster xmlns="%s"><member/></cluster>' % CLUSTER))
    rows = []
    for member in answer.data_ele.iter("{%s}member" % CLUSTER):
        leaves = [leaf for leaf in member.iter() if leaf is not member and len(leaf) == 0]
        rows.append(",".join("%s=%s" % (leaf.tag.rpartition("}")[2], leaf.text) for leaf in leaves))
    return " ".join(rows)


def close(*_):
    """Ends the session, if there is one that lives."""
    global session
    if session is not None:
        try:
            session.timeout = CLOSE_LIMIT_S
            session.close_session()
        except Exception:
            pass  # Its server has died: that is what the lab is for.
        session = None
    return ""


COMMANDS = {"connect": connect, "apply": apply, "rpc": rpc, "commit": commit, "members": members, "close": close}

for line in sys.stdin:
    words = line.split()
    try:
        answer = COMMANDS[words[0]](*words[1:])
        print("ok", " ".join(answer.split()), flush=True)
    except Exception as error:
        print("error", " ".join(("%s: %s" % (type(error).__name__, error)).split()), flush=True)
