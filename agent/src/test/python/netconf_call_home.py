"""Waits for NETCONF calls (RFC 8071), one after the other, and asks each who it is; driven by CallHomeTest.

Usage: netconf_call_home.py ssh PORT USER PRIVATE_KEY_FILE COUNT
       netconf_call_home.py idle PORT USER PRIVATE_KEY_FILE SECONDS
       netconf_call_home.py tls PORT CERTIFICATE PRIVATE_KEY AUTHORITY COUNT
Prints "waits" when it listens, and one line per session. With idle it asks nothing, and looks whether it is called again
within so many seconds of the session's end.
"""

import logging
import socket
import ssl
import sys

EOM = b"]]>]]>"
NS = "urn:ietf:params:xml:ns:netconf:base:1.0"
HELLO = f'<hello xmlns="{NS}"><capabilities><capability>urn:ietf:params:netconf:base:1.0</capability></capabilities></hello>'
CLOSE = f'<rpc message-id="1" xmlns="{NS}"><close-session/></rpc>'


def listen(port):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("127.0.0.1", port))
    server.listen()
    server.settimeout(60)
    print("waits", flush=True)
    return server


def over_ssh(port, user, key, count):
    from ncclient import manager

    logging.disable(logging.CRITICAL)
    server = listen(port)
    for _ in range(count):
        connection, _ = server.accept()
        with manager.connect_ssh(host="127.0.0.1", port=port, sock=connection, username=user, key_filename=key,
                                 hostkey_verify=False, allow_agent=False, look_for_keys=False) as session:
            session.get_config("running")
            print("session of", user, "over ssh", flush=True)


def idle_over_ssh(port, user, key, seconds):
    from ncclient import manager

    logging.disable(logging.CRITICAL)
    server = listen(port)
    connection, _ = server.accept()
    session = manager.connect_ssh(host="127.0.0.1", port=port, sock=connection, username=user, key_filename=key,
                                  hostkey_verify=False, allow_agent=False, look_for_keys=False)
    session._session.join()
    print("session of", user, "ended by the server", flush=True)
    server.settimeout(seconds)
    try:
        server.accept()
        print("called again", flush=True)
    except TimeoutError:
        print("no call in", seconds, "s", flush=True)


def until_end(stream):
    got = b""
    while EOM not in got:
        read = stream.recv(65536)
        if not read:
            raise EOFError(got)
        got += read
    return got


def over_tls(port, certificate, key, authority, count):
    context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=authority)
    context.check_hostname = False
    context.load_cert_chain(certificate, key)
    server = listen(port)
    for _ in range(count):
        connection, _ = server.accept()
        with context.wrap_socket(connection) as stream:
            hello = until_end(stream)
            assert b"<session-id>" in hello, hello
            stream.sendall(HELLO.encode() + EOM)
            stream.sendall(CLOSE.encode() + EOM)
            assert b"<ok/>" in until_end(stream)
            print("session over", stream.version(), flush=True)


if sys.argv[1] == "ssh":
    over_ssh(int(sys.argv[2]), sys.argv[3], sys.argv[4], int(sys.argv[5]))
elif sys.argv[1] == "idle":
    idle_over_ssh(int(sys.argv[2]), sys.argv[3], sys.argv[4], int(sys.argv[5]))
else:
    over_tls(int(sys.argv[2]), sys.argv[3], sys.argv[4], sys.argv[5], int(sys.argv[6]))
