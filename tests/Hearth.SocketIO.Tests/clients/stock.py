"""Debian's python3-socketio against the server whose address is the first argument; the second is the transport, or 'upgrade'."""
import queue
import sys

import socketio

url, kind = sys.argv[1:3]
transports = {"polling": ["polling"], "websocket": ["websocket"], "upgrade": None}[kind]
client = socketio.Client(reconnection=False)
events = queue.Queue()


@client.on("auth")
def auth(*args):
    events.put(("auth", args))


@client.on("message-back")
def back(*args):
    events.put(("back", args))


def heard(name, *args):
    assert events.get(timeout=40) == (name, args)


client.connect(url, transports=transports, auth={"who": "amina"}, wait_timeout=40)
heard("auth", {"who": "amina"})
client.emit("message", (1, "zwei", {"drei": [True, None, 1.5]}, b"\x01\x02"))
heard("back", 1, "zwei", {"drei": [True, None, 1.5]}, b"\x01\x02")
assert client.call("message-with-ack", "answer", timeout=40) == "answer"
assert client.transport() == ("polling" if kind == "polling" else "websocket")
client.disconnect()
print("fine")
