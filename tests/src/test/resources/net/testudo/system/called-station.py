"""A management station that waits for NETCONF calls over SSH (RFC 8071), as ncclient takes them.

Usage: called-station.py ADDRESS PORT USER PRIVATE_KEY_FILE
Prints "waits" when it listens. For each session it prints the caller's address and the digest of its host key, and
keeps the session until it is lost.
"""

import hashlib
import logging
import socket
import sys
import time

from ncclient import manager

ADDRESS, PORT, USER, KEY = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
BETWEEN_REQUESTS_S = 0.1


def keep(session):
    while True:
        session.get_config("running")
        time.sleep(BETWEEN_REQUESTS_S)


def answer(connection, caller):
    with manager.connect_ssh(host=caller, port=PORT, sock=connection, username=USER, key_filename=KEY,
                             hostkey_verify=False, allow_agent=False, look_for_keys=False, timeout=20) as session:
        host_key = session._session._transport.get_remote_server_key()
        session.get_config("running")
        print(caller, hashlib.sha256(host_key.asbytes()).hexdigest(), flush=True)
        keep(session)


logging.disable(logging.CRITICAL)
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((ADDRESS, PORT))
server.listen()
print("waits", flush=True)
while True:
    connection, (caller, _) = server.accept()
    # ncclient notices the death of the other end by itself only after minutes.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 1000)
    try:
        answer(connection, caller)
    except Exception as lost:
        print("lost:", type(lost).__name__, file=sys.stderr, flush=True)
