import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { isReference, nodeProgram, programUnderTest } from './programs.ts'
import { TlsBench, type TlsOutcome } from './tls/bench.ts'
import { type TlsCase, tlsCaseName, tlsCases } from './tls/cases.ts'
import { readTlsGolden } from './tls/golden.ts'

vi.setConfig({ maxConcurrency: 4 })

/** Through Node every fifth case is run: the decisions are the same code, the TLS underneath is another. */
const NODE_STRIDE = 5

/** Where tug means to differ from docker, and why. */
const deviations: readonly {
  readonly cases: RegExp
  readonly differing: Partial<TlsOutcome>
  readonly because: string
}[] = [
  {
    cases: /^--tlsverify --tlscacert '' --tlscert '' --tlskey '' # all$/,
    differing: {
      exit: 1,
      stderr:
        'error during connect: Get "https://<hostport>/v1.50/containers/json": tls: failed to verify certificate: x509: certificate signed by unknown authority\n',
      seen: 'TLS refused',
    },
    because: 'verification that was asked for is done; docker speaks in the clear',
  },
  {
    cases: /^(--tls # stranger|--tls(verify)? --tlscert <files>\/stranger\/cert\.pem --tlskey \S+ # all)$/,
    differing: { seen: 'TLS with the certificate of stranger' },
    because: 'a certificate is shown to every daemon that asks for one, as OpenSSL does, whoever signed it',
  },
]

const golden = await readTlsGolden()
const [tug, node] = [programUnderTest(), nodeProgram()]

let bench: TlsBench
beforeAll(async () => {
  bench = await TlsBench.open()
})
afterAll(() => bench.close())

function expectedOf(name: string): TlsOutcome | undefined {
  const recorded = golden.outcomes[name]
  const deviation = isReference(tug) ? undefined : deviations.find(({ cases }) => cases.test(name))
  return recorded && { ...recorded, ...deviation?.differing }
}

async function expectOutcome(program: readonly string[], given: TlsCase): Promise<void> {
  expect(await bench.run(program, given)).toEqual(expectedOf(tlsCaseName(given)))
}

test('every case has one outcome', () => {
  expect(Object.keys(golden.outcomes)).toEqual(tlsCases.map(tlsCaseName))
})

describe.concurrent('TLS as flags, variables and files ask for it', () => {
  for (const given of tlsCases) test(tlsCaseName(given), () => expectOutcome(tug, given))
})

if (node) {
  describe.concurrent('TLS through node', () => {
    const cases = tlsCases.filter(
      (given, at) => at % NODE_STRIDE === 0 || given.flags.length > 1 || given.context !== undefined,
    )
    for (const given of cases) test(tlsCaseName(given), () => expectOutcome(node, given))
  })
}
