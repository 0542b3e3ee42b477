/**
 * A combination of flags, variables and files that enables TLS or not. `<files>` stands for the directory with all
 * certificates.
 */
export interface TlsCase {
  readonly flags: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /**
   * The directory below `<files>` that DOCKER_CERT_PATH names. With a leading `~` it is copied to `~/.docker` instead.
   */
  readonly certificates: string
  /** A context that is used instead of DOCKER_HOST. */
  readonly context?: TlsContext
}

/** The TLS settings of a context. */
export interface TlsContext {
  readonly skipTlsVerify: boolean
  /** Files below `<files>`, by their names in the context. Without it the context has no directory for TLS. */
  readonly files?: Readonly<Record<string, string>>
}

const switches = {
  tls: [[], ['--tls'], ['--tls=false']],
  verify: [[], ['--tlsverify'], ['--tlsverify=false']],
}
const variables: readonly Readonly<Record<string, string>>[] = [undefined, '1', ''].flatMap((tls) =>
  [undefined, '1', '0', ''].map((verify) => ({
    ...(tls === undefined ? {} : { DOCKER_TLS: tls }),
    ...(verify === undefined ? {} : { DOCKER_TLS_VERIFY: verify }),
  })),
)

/** Every combination of both flags, both variables and the existing certificates. */
const combinations: readonly TlsCase[] = ['all', 'none', 'ca'].flatMap((certificates) =>
  variables.flatMap((env) =>
    switches.tls.flatMap((tls) =>
      switches.verify.map((verify): TlsCase => ({ flags: [...tls, ...verify], env, certificates })),
    ),
  ),
)

/** Directories with certificates, some of them incomplete or invalid. */
const places: readonly TlsCase[] = [
  '~all',
  'stranger',
  'no-ca',
  'cert-alone',
  'key-alone',
  'directories',
  'missing',
].flatMap((certificates) => [['--tls'], ['--tlsverify'], []].map((flags) => ({ flags, env: {}, certificates })))

/** Values of the three flags for files, with the files of DOCKER_CERT_PATH. */
const files: readonly TlsCase[] = [
  ['--tlscacert', ''],
  ['--tlscacert', '', '--tlscert', '', '--tlskey', ''],
  ['--tlscert', '', '--tlskey', ''],
  ['--tlscert', ''],
  ['--tlskey', ''],
  ['--tlscacert', '<files>/stranger/ca.pem'],
  ['--tlscacert', '"<files>/all/ca.pem"'],
  ['--tlscacert', "'<files>/all/ca.pem'"],
  ['--tlscacert', '""'],
  ['--tlscacert', '<files>/missing/ca.pem'],
  ['--tlscert', '<files>/missing/cert.pem'],
  ['--tlskey', '<files>/missing/key.pem'],
  ['--tlscacert', '<files>/all'],
  ['--tlscacert', '<files>/junk.pem'],
  ['--tlscacert', '<files>/empty.pem'],
  ['--tlscacert', '<files>/all/key.pem'],
  ['--tlscacert', '<files>/bundle.pem'],
  ['--tlscacert', '<files>/broken-bundle.pem'],
  ['--tlskey', '<files>/stranger/key.pem'],
  ['--tlskey', '<files>/junk.pem'],
  ['--tlskey', '<files>/empty.pem'],
  ['--tlskey', '<files>/encrypted.pem'],
  ['--tlskey', '<files>/encrypted-pkcs8.pem'],
  ['--tlskey', '<files>/traditional.pem'],
  ['--tlskey', '<files>/elliptic.pem'],
  ['--tlskey', '<files>/all/cert.pem'],
  ['--tlskey', '<files>/broken-key.pem'],
  ['--tlscert', '<files>/all/key.pem'],
  ['--tlscert', '<files>/stranger/cert.pem'],
  ['--tlscert', '<files>/junk.pem'],
  ['--tlscert', '<files>/empty.pem'],
  ['--tlscert', '<files>/broken-bundle.pem'],
  ['--tlscert', '<files>/stranger/cert.pem', '--tlskey', '<files>/stranger/key.pem'],
].flatMap((flags) =>
  [['--tls'], ['--tlsverify'], []].map((switchFlags) => ({
    flags: [...switchFlags, ...flags],
    env: {},
    certificates: 'all',
  })),
)

const client = { 'ca.pem': 'all/ca.pem', 'cert.pem': 'all/cert.pem', 'key.pem': 'all/key.pem' }

const contexts: readonly TlsCase[] = [
  ...[false, true].flatMap((skipTlsVerify): TlsContext[] => [
    { skipTlsVerify },
    { skipTlsVerify, files: {} },
    { skipTlsVerify, files: client },
    { skipTlsVerify, files: { 'ca.pem': 'all/ca.pem' } },
    { skipTlsVerify, files: { 'ca.pem': 'stranger/ca.pem' } },
    { skipTlsVerify, files: { 'ca.pem': 'junk.pem' } },
    { skipTlsVerify, files: { 'cert.pem': 'all/cert.pem', 'key.pem': 'all/key.pem' } },
    { skipTlsVerify, files: { ...client, 'key.pem': 'stranger/key.pem' } },
    { skipTlsVerify, files: { ...client, 'key.pem': 'encrypted.pem' } },
  ]),
].map((context) => ({ flags: [], env: {}, certificates: 'all', context }))

/** Flags and variables together with a context, which has its own settings. */
const besideContexts: readonly TlsCase[] = [
  { flags: ['--tls'], env: {} },
  { flags: ['--tlsverify'], env: {} },
  { flags: ['--tls=false', '--tlsverify=false'], env: {} },
  { flags: [], env: { DOCKER_TLS_VERIFY: '1' } },
  { flags: [], env: { DOCKER_TLS: '1' } },
].flatMap((settings) =>
  [{ skipTlsVerify: false }, { skipTlsVerify: false, files: client }].map((context) => ({
    ...settings,
    certificates: 'all',
    context,
  })),
)

export const tlsCases: readonly TlsCase[] = [...combinations, ...places, ...files, ...contexts, ...besideContexts]

export function tlsCaseName({ flags, env, certificates, context }: TlsCase): string {
  const variablesText = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  const files = context?.files && Object.entries(context.files).map(([name, file]) => `${name}=${file}`)
  const of = context && `context(skip=${context.skipTlsVerify} ${files ? `[${files.join(' ')}]` : 'no directory'})`
  return [...variablesText, ...flags.map((flag) => flag || "''"), `# ${certificates}`, ...(of ? [of] : [])].join(' ')
}
