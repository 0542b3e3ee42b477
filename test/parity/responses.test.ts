import { describe, expect, test, vi } from 'vitest'
import { RUNTIME_SENTENCE } from '../support/runtime-sentence.ts'
import { asTug } from './compare.ts'
import { isReference, nodeProgram, programUnderTest } from './programs.ts'
import { type ResponseCase, responseCaseName, responseCases } from './responses/cases.ts'
import { type ResponseOutcome, runResponseCase } from './responses/fixture.ts'
import { readResponseGolden } from './responses/golden.ts'

vi.setConfig({ maxConcurrency: 4 })

/**
 * Over TCP, where the parser of the runtime is used, only every third case is run. Details of errors differ there, because
 * the parser does not provide them. Over a Unix socket, both forms of tug use tug's own parser, so Node runs a sample.
 */
const RUNTIME_STRIDE = 3
const NODE_STRIDE = 9

/** The deliberate differences from docker. */
const deviations: readonly {
  readonly cases: RegExp
  readonly differing: Partial<ResponseOutcome>
  readonly because: string
}[] = [
  {
    cases: / # 200 in chunks without an end for POST .*(start|attach)$/,
    differing: { exit: 1, stderr: 'unable to upgrade to tcp, received 200\n' },
    because: 'docker waits for the end of the body, which may never come',
  },
  {
    cases: /^(run x|run -i x|attach a|start -a a|exec a b) # 101 after 100 Continue/,
    differing: { exit: 0, stderr: '', requests: [] },
    because: 'informational responses are skipped; docker takes 100 for the refusal of a raw stream',
  },
  {
    cases: / # a part of a head for POST/,
    differing: { stderr: 'unexpected EOF\n' },
    because: 'the connection is at fault, not the header that it cut',
  },
  {
    cases: /^(save|export) .* # (200 with|the chunk length|chunks with a wrong end|a length)/,
    differing: { files: [] },
    because: 'a file that is not complete is not left behind',
  },
  {
    cases: /^pull .* # chunks (with a malformed trailer|without the last line)/,
    differing: { exit: 0, stderr: '', stdout: 'docker.io/library/x:latest\n' },
    because: 'the content is complete, and nothing reads what follows it',
  },
  {
    cases: /^save .* # chunks (with a malformed trailer|without the last line)/,
    differing: { exit: 0, stderr: '' },
    because: 'the content is complete, and nothing reads what follows it',
  },
  {
    cases: /^run x # 200 with (a cut body|cut chunks|half a chunk) for POST .*start$/,
    differing: { exit: 125, stderr: "tug: unexpected EOF\n\nRun 'tug run --help' for more information\n" },
    because: 'a cut response is reported; docker does not read it',
  },
  {
    cases: /^start a # 200 with (a cut body|cut chunks|half a chunk)/,
    differing: { exit: 1, stdout: '', stderr: 'unexpected EOF\nError: failed to start containers: a\n' },
    because: 'a cut response is reported; docker does not read it',
  },
  {
    cases: /^stats .* # 200 with (a cut body|cut chunks|half a chunk)/,
    differing: { exit: 1, stderr: 'unexpected EOF\n' },
    because: 'docker connects again and again',
  },
  {
    cases: /^stats .* # (5|\{\}) for the value/,
    differing: { stderr: expect.stringMatching(/^json: cannot unmarshal .*\n$/) },
    because: 'the fault is named; docker reports the end of the stream',
  },
  {
    cases: /^service ls # null for the value\.0\.ServiceStatus /,
    differing: { exit: 0, stdout: expect.any(String), stderr: '', requests: [] },
    because: 'tasks are only counted by the client when the API version has no ServiceStatus',
  },
]

const golden = await readResponseGolden()
const [tug, node] = [programUnderTest(), nodeProgram()]

function expectedOf(responseCase: ResponseCase): ResponseOutcome {
  const name = responseCaseName(responseCase)
  const recorded = golden.outcomes[name]
  if (!recorded) throw new Error(`${name} is not recorded`)
  if (isReference(tug)) return recorded
  // docker crashes, or its template does.
  if (/^panic: |runtime error: /m.test(recorded.stderr)) {
    const [stdout, stderr] = [expect.any(String), expect.not.stringMatching(RUNTIME_SENTENCE)]
    return { ...recorded, exit: expect.toBeOneOf([0, 1]), stdout, stderr }
  }
  const deviation = deviations.find(({ cases }) => cases.test(name))
  const stderr = asTug(withoutLogFormat(recorded.stderr))
  const files = deviation?.differing.exit === 0 || recorded.exit === 0 ? recorded.files : deviation?.differing.files
  return { ...recorded, stderr, ...deviation?.differing, files: files ?? recorded.files }
}

/** Returns the message of a line that docker's logger wrote. tug prints it without the time. */
function withoutLogFormat(text: string): string {
  return text.replace(/^time="[^"]*" level=error msg="(.*)"$/m, (_, message: string) => message.replaceAll('\\"', '"'))
}

test('has one outcome for every case', () => {
  expect(Object.keys(golden.outcomes)).toEqual(responseCases.map(responseCaseName))
})

const everyFew = responseCases.filter((_, at) => at % RUNTIME_STRIDE === 0)
const sample = responseCases.filter((_, at) => at % NODE_STRIDE === 0)

const formsOverSocket = [
  ['the executable', tug, responseCases],
  ...(node ? ([['Node', node, sample]] as const) : []),
] as const

describe.concurrent.each(formsOverSocket)('responses in %s over a Unix socket', (_, program, cases) => {
  for (const responseCase of cases) {
    test(responseCaseName(responseCase), async () => {
      const outcome = await runResponseCase(program, responseCase, true)
      const expected = expectedOf(responseCase)
      // An empty list stands for requests that docker does not get to.
      const isFurther = expected.requests.length === 0
      expect(isFurther ? { ...outcome, requests: [] } : outcome).toEqual(expected)
    })
  }
})

if (node) {
  const formsOverTcp = [
    ['the executable', tug],
    ['Node', node],
  ] as const
  describe.concurrent.each(formsOverTcp)('responses in %s over TCP', (_, program) => {
    for (const responseCase of everyFew) {
      test(responseCaseName(responseCase), async () => {
        const outcome = await runResponseCase(program, responseCase, false)
        const { exit, stdout } = expectedOf(responseCase)
        expect(outcome.stderr).not.toMatch(RUNTIME_SENTENCE)
        expect(outcome.exit).not.toBe('hangs')
        // The parsers of the runtimes refuse more than Go's, and skip an empty line before a response.
        if (outcome.exit === exit || typeof exit === 'object') expect(outcome.stdout).toEqual(stdout)
        else expect(`${responseCaseName(responseCase)}: exit code ${outcome.exit}`).toMatch(STRICTER)
      })
    }
  })
}

/** Matches the cases in which the parsers of the runtimes differ from Go's, with their exit codes. */
const STRICTER =
  /# (101 without headers|the chunk length "\$( |\\t)"|the chunk length "0+\$"|chunks |a chunk with a line|the same length twice|no value for the length|a length beside chunks|the encoding identity|HTTP\/|line feeds alone|a space before the colon|a folded header|a header of 1 MB|5,000 headers|an empty first line|the status 099).*: exit code [01]$/
