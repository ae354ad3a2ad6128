"""Asks on a bridge for an IPv4 address by ARP, again and again: who serves it answers, and can be seen to do so."""

import socket
import struct
import sys
import time

PAUSE_S = 0.02
BROADCAST = b"\xff" * 6
bridge, sender, target = sys.argv[1:4]

port = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
port.bind((bridge, 0))
mac = port.getsockname()[4]
frame = (BROADCAST + mac + struct.pack("!HHHBBH", 0x0806, 1, 0x0800, 6, 4, 1)
         + mac + socket.inet_aton(sender) + bytes(6) + socket.inet_aton(target))
while True:
    port.send(frame)
    time.sleep(PAUSE_S)
