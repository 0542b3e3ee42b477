"""Greets whoever asks, says which container answered, and counts the visits in Redis when there is one."""

import os
import signal
import socket
import sys

from flask import Flask
from redis import Redis, RedisError

app = Flask(__name__)
redis = Redis(host="redis", socket_connect_timeout=2, socket_timeout=2)


def visits():
    try:
        return str(redis.incr("visits"))
    except RedisError:
        return "<i>cannot connect to Redis, counter disabled</i>"


@app.route("/")
def hello():
    return (
        f"<h3>Hello {os.getenv('NAME', 'world')}!</h3>\n"
        f"<b>Hostname:</b> {socket.gethostname()}<br/>\n"
        f"<b>Visits:</b> {visits()}\n"
    )


if __name__ == "__main__":
    # The first process of a container has no default action for SIGTERM: without this, `stop` would wait and then kill.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    app.run(host="0.0.0.0", port=5000)
