import { bool, optionalBool, text, texts, type ValuesOf, value } from '../../flags/flag.ts'

export type ColorChoice = 'auto' | 'always' | 'never'

export type GlobalFlags = ValuesOf<ReturnType<typeof globalFlagSet>>

/**
 * The flags that come before the command. Paths default to the config directory, so help shows them filled in.
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
      read: readColorChoice,
    }),
    config: text({ summary: "Directory of the client's config files", defaultText: JSON.stringify(configDir) }),
    context: text({ char: 'c', summary: 'Context whose daemon to talk to (instead of DOCKER_HOST and "context use")' }),
    debug: bool({ char: 'D', summary: 'Show what is asked of the daemon' }),
    host: texts({ char: 'H', summary: 'Daemon to talk to: unix://, tcp:// or ssh://' }),
    'log-level': text({
      char: 'l',
      summary: 'Least severe messages to log: debug, info, warn, error, fatal',
      default: 'info',
    }),
    tls: optionalBool({ summary: 'Use TLS; implied by --tlsverify' }),
    tlscacert: certificate('Trust only certificates signed by this CA', 'ca.pem'),
    tlscert: certificate('TLS certificate file', 'cert.pem'),
    tlskey: certificate('TLS key file', 'key.pem'),
    tlsverify: optionalBool({ summary: 'Use TLS and verify the daemon' }),
    version: bool({ char: 'v', summary: 'Print the version and quit' }),
  }
}

function readColorChoice(typed: string): ColorChoice {
  if (typed === 'auto' || typed === 'always' || typed === 'never') return typed
  throw new Error('must be one of auto, always, never')
}
