/** A plugin of the engine that accepts connections, ends on SIGTERM, and does nothing else. Its root file system needs Python. */
const PROGRAM = `
import _signal, _socket, os, sys
_signal.signal(_signal.SIGTERM, lambda *_: sys.exit())
server = _socket.socket(_socket.AF_UNIX)
server.bind('/run/docker/plugins/greeter.sock')
server.listen()
while True:
    os.close(server._accept()[0])
`

/** The content of its config.json. It requests the host's network and a capability. */
export const GREETER_CONFIG = JSON.stringify({
  description: 'Greets',
  entrypoint: ['python3', '-S', '-c', PROGRAM],
  interface: { socket: 'greeter.sock', types: ['docker.greeter/1.0'] },
  network: { type: 'host' },
  env: [{ name: 'NAME', value: '', settable: ['value'] }],
  linux: { capabilities: ['CAP_SYS_ADMIN'] },
})

/** The files of Python that the program needs: built-in modules, and those of the start-up, are in its executable. */
const PYTHON_FILES = [
  ...['bin', 'lib*', 'usr/bin/python3*', 'usr/lib/python3*/encodings', 'usr/lib/python3*/os.py', 'usr/lib*/ld-*'],
  ...['libc', 'libm', 'libz', 'libexpat'].map((library) => `usr/lib/*/${library}.*`),
]

/**
 * Returns the command that unpacks from stdin, an image with Python, what the plugin needs. The engine compresses that for
 * each plugin that is created.
 * @param directory an existing directory
 */
export function unpackPython(directory: string): string {
  return `tar -x -C ${directory} --wildcards ${PYTHON_FILES.map((pattern) => `'${pattern}'`).join(' ')}`
}
