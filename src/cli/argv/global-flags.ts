import { bool, text, texts, type ValuesOf, value } from '../../flags/flag.ts'

export type ColorChoice = 'auto' | 'always' | 'never'

export type GlobalFlags = ValuesOf<ReturnType<typeof globalFlagSet>>

/**
 * Returns the global flags, which come before the command. Their default paths are in the config directory.
 * @param configDir the directory of config.json and the TLS files
 */
export function globalFlagSet(configDir: string) {
  const path = (summary: string, file: string) =>
    text({ summary, defaultText: JSON.stringify(file === '' ? configDir : `${configDir}/${file}`) })
  return {
    color: value<ColorChoice>({
      valueType: 'string',
      summary: 'When to use color: auto, always, never',
      default: 'auto',
      defaultText: '"auto"',
      completes: ['auto', 'always', 'never'],
      read: readColorChoice,
    }),
    config: path('Location of client config files', ''),
    context: text({
      char: 'c',
      completes: 'contexts',
      summary: 'Context to connect to (overrides DOCKER_HOST and the context of "tug context use")',
    }),
    debug: bool({ char: 'D', summary: 'Print API requests to stderr' }),
    host: texts({ char: 'H', summary: 'Daemon to connect to: unix://, tcp:// or ssh://' }),
    'log-level': text({
      char: 'l',
      summary: 'Logging level: debug, info, warn, error, fatal',
      default: 'info',
      completes: ['debug', 'info', 'warn', 'error', 'fatal', 'panic'],
    }),
    tls: bool({ summary: 'Use TLS; implied by --tlsverify' }),
    tlscacert: path('Trust only certificates signed by this CA', 'ca.pem'),
    tlscert: path('TLS certificate file', 'cert.pem'),
    tlskey: path('TLS key file', 'key.pem'),
    tlsverify: bool({ summary: "Use TLS and verify the daemon's certificate" }),
    version: bool({ char: 'v', summary: 'Print the version and quit' }),
  }
}

function readColorChoice(typed: string): ColorChoice {
  if (typed === 'auto' || typed === 'always' || typed === 'never') return typed
  throw new Error('must be one of auto, always, never')
}
