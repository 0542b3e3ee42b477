import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { isReference, nodeProgram, programUnderTest } from './programs.ts'
import { type TlsCase, tlsCaseName, tlsCases } from './tls/cases.ts'
import { TlsFixture, type TlsOutcome } from './tls/fixture.ts'
import { readTlsGolden } from './tls/golden.ts'

vi.setConfig({ maxConcurrency: 4 })

/** With Node only every fifth case is run: the decisions are the same code, but the TLS implementation differs. */
const NODE_STRIDE = 5

/** The deliberate differences from docker. */
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
    because: 'requested verification is done; docker uses plain HTTP',
  },
  {
    cases: /^(--tls # stranger|--tls(verify)? --tlscert <files>\/stranger\/cert\.pem --tlskey \S+ # all)$/,
    differing: { seen: 'TLS with the certificate of stranger' },
    because: 'the client certificate is sent to every daemon that requests one, as OpenSSL does, whoever signed it',
  },
]

const golden = await readTlsGolden()
const [tug, node] = [programUnderTest(), nodeProgram()]

let fixture: TlsFixture
beforeAll(async () => {
  fixture = await TlsFixture.open()
})
afterAll(() => fixture.close())

function expectedOf(name: string): TlsOutcome | undefined {
  const recorded = golden.outcomes[name]
  const deviation = isReference(tug) ? undefined : deviations.find(({ cases }) => cases.test(name))
  return recorded && { ...recorded, ...deviation?.differing }
}

async function expectOutcome(program: readonly string[], tlsCase: TlsCase): Promise<void> {
  expect(await fixture.run(program, tlsCase)).toEqual(expectedOf(tlsCaseName(tlsCase)))
}

test('has one outcome for every case', () => {
  expect(Object.keys(golden.outcomes)).toEqual(tlsCases.map(tlsCaseName))
})

describe.concurrent('TLS by flags, variables and files', () => {
  for (const tlsCase of tlsCases) test(tlsCaseName(tlsCase), () => expectOutcome(tug, tlsCase))
})

if (node) {
  describe.concurrent('TLS with Node', () => {
    const cases = tlsCases.filter(
      (tlsCase, at) => at % NODE_STRIDE === 0 || tlsCase.flags.length > 1 || tlsCase.context !== undefined,
    )
    for (const tlsCase of cases) test(tlsCaseName(tlsCase), () => expectOutcome(node, tlsCase))
  })
}
