/** A plugin of the engine that accepts connections, ends on SIGTERM, and does nothing else. Its root file system needs Python. */
const PROGRAM = `
import signal, socket, sys
signal.signal(signal.SIGTERM, lambda *_: sys.exit())
server = socket.socket(socket.AF_UNIX)
server.bind('/run/docker/plugins/greeter.sock')
server.listen()
while True:
    server.accept()[0].close()
`

/** The content of its config.json. It requests the host's network and a capability. */
export const GREETER_CONFIG = JSON.stringify({
  description: 'Greets',
  entrypoint: ['python3', '-c', PROGRAM],
  interface: { socket: 'greeter.sock', types: ['docker.greeter/1.0'] },
  network: { type: 'host' },
  env: [{ name: 'NAME', value: '', settable: ['value'] }],
  linux: { capabilities: ['CAP_SYS_ADMIN'] },
})

/** Unpacks an image with Python, without what the plugin does not need. */
export const UNPACK_PYTHON = 'tar -x --exclude=usr/share --exclude=usr/lib/python3'
