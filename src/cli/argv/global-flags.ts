import { bool, optionalBool, text, texts, type ValuesOf, value } from '../../flags/flag.ts'
import { programName } from '../program-name.ts'

export type ColorChoice = 'auto' | 'always' | 'never'

export type GlobalFlags = ValuesOf<ReturnType<typeof globalFlagSet>>

/** The values of the global flags when none is typed. Most runs need nothing else of them, and do not create the set. */
export const DEFAULT_GLOBAL_FLAGS: GlobalFlags = {
  color: 'auto',
  config: '',
  context: '',
  debug: false,
  explain: false,
  host: [],
  'log-level': 'info',
  tls: undefined,
  tlscacert: undefined,
  tlscert: undefined,
  tlskey: undefined,
  tlsverify: undefined,
  version: false,
}

/**
 * Returns the global flags, which come before the command. Their default paths are in the config directory.
 * @param configDir the directory of config.json and the TLS files
 */
export function globalFlagSet(configDir: string) {
  const certificate = (summary: string, file: string) =>
    value<string | undefined>({
      valueType: 'string',
      summary,
      defaultText: JSON.stringify(`${configDir}/${file}`),
      default: undefined,
      read: (typed) => typed,
    })
  return {
    color: value<ColorChoice>({
      valueType: 'string',
      summary: 'When to use color: auto, always, never',
      default: 'auto',
      defaultText: '"auto"',
      completes: ['auto', 'always', 'never'],
      read: readColorChoice,
    }),
    config: text({ summary: 'Location of client config files', defaultText: JSON.stringify(configDir) }),
    context: text({
      char: 'c',
      completes: 'contexts',
      summary: `Context to connect to (overrides DOCKER_HOST and the context of "${programName()} context use")`,
    }),
    debug: bool({ char: 'D', summary: 'Print API requests to stderr' }),
    explain: bool({ summary: 'Print each API request as a curl command to stderr' }),
    host: texts({ char: 'H', summary: 'Daemon to connect to: unix://, tcp:// or ssh://' }),
    'log-level': text({
      char: 'l',
      summary: 'Logging level: debug, info, warn, error, fatal',
      default: 'info',
      completes: ['debug', 'info', 'warn', 'error', 'fatal', 'panic'],
    }),
    tls: optionalBool({ summary: 'Use TLS; implied by --tlsverify' }),
    tlscacert: certificate('Trust only certificates signed by this CA', 'ca.pem'),
    tlscert: certificate('TLS certificate file', 'cert.pem'),
    tlskey: certificate('TLS key file', 'key.pem'),
    tlsverify: optionalBool({ summary: "Use TLS and verify the daemon's certificate" }),
    version: bool({ char: 'v', summary: 'Print the version and quit' }),
  }
}

function readColorChoice(typed: string): ColorChoice {
  if (typed === 'auto' || typed === 'always' || typed === 'never') return typed
  throw new Error('must be one of auto, always, never')
}
