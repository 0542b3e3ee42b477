// The isolation of a container: namespaces, capabilities, security options and kernel settings.
import type { HostConfig } from '../../domain/container/create-request.ts'
import { checkSysctl, parseSecurityOption } from '../../domain/container/security.ts'
import { messageOf } from '../../domain/errors.ts'
import { bool, each, type ReadFile, text, texts, type ValuesOf } from '../flag.ts'

export const isolationFlags = {
  'cap-add': texts({ completes: 'capabilities', summary: 'Add a Linux capability' }),
  'cap-drop': texts({ completes: 'capabilities', summary: 'Drop a Linux capability' }),
  cgroupns: text({
    completes: ['host', 'private'],
    summary: 'Control group namespace: host or private',
    minApi: '1.41',
  }),
  ipc: text({ completes: 'IPC modes', summary: 'IPC namespace' }),
  isolation: text({ summary: 'Isolation technology' }),
  pid: text({ completes: 'PID modes', summary: 'PID namespace: host or container:NAME' }),
  privileged: bool({ summary: 'Give the container all privileges on the host' }),
  runtime: text({ summary: 'OCI runtime to use' }),
  'security-opt': texts({ completes: 'security options', summary: 'Set a security option, KEY=VALUE' }),
  sysctl: each({
    summary: 'Set a kernel parameter, NAME=VALUE',
    valueType: 'map',
    defaultText: 'map[]',
    read: checkSysctl,
  }),
  userns: text({ completes: ['host'], summary: 'User namespace: host' }),
  uts: text({ completes: ['host'], summary: 'UTS namespace: host' }),
}

type SecurityConfig = Pick<HostConfig, 'SecurityOpt' | 'MaskedPaths' | 'ReadonlyPaths'>

/**
 * Translates `--security-opt` for the daemon. A seccomp profile is sent as its text, and `systempaths=unconfined` as empty
 * lists of masked and read-only paths.
 * @throws Error with docker's reason
 */
export function parseSecurityOptions(flags: ValuesOf<typeof isolationFlags>, readFile: ReadFile): SecurityConfig {
  const typed = flags['security-opt']
  const options = typed.map((text) => {
    const { key, value } = parseSecurityOption(text)
    const isFile = key === 'seccomp' && value !== 'builtin' && value !== 'unconfined'
    return isFile ? `seccomp=${compactProfile(value, readFile)}` : text
  })
  const sent = options.filter((option) => option !== 'systempaths=unconfined')
  const paths = sent.length < options.length ? [] : null
  return { SecurityOpt: typed.length > 0 ? sent : null, MaskedPaths: paths, ReadonlyPaths: paths }
}

/** Reads a seccomp profile and removes the white space between its JSON tokens. */
function compactProfile(path: string, readFile: ReadFile): string {
  let text: string
  try {
    text = new TextDecoder().decode(readFile(path))
  } catch (error) {
    throw new Error(`opening seccomp profile (${path}) failed: ${messageOf(error)}`, {
      cause: error,
    })
  }
  try {
    JSON.parse(text)
  } catch (error) {
    throw new Error(`compacting json for seccomp profile (${path}) failed: unexpected end of JSON input`, {
      cause: error,
    })
  }
  return text.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, '$1')
}
