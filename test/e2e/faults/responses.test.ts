import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isReference } from '../../parity/programs.ts'
import { programs } from '../../support/run.ts'
import { type FaultFixture, inWordsOf, openFaultFixture, STACK_TRACE } from './fixture.ts'
import { PONG, RawDaemon, type RawResponse, response } from './raw-daemon.ts'

interface BrokenResponse {
  readonly name: string
  readonly line: string
  /** The response to every request except pings. */
  readonly response: RawResponse
  readonly ping?: RawResponse
  /** The exit code of docker 28.2.2. In its error, `<url>` is the URL of the request. */
  readonly exitCode: number
  readonly stdout?: string
  readonly stderr: string
  /** The error of the executable, whose runtime does not provide the details. */
  readonly shortStderr?: string
}

const JSON_TYPE = '200 OK\r\nContent-Type: application/json'
const FAILED_JSON = '500 Internal Server Error\r\nContent-Type: application/json'
const url = (path: string) => `http://<socket>/v1.50${path}`
const list = url('/containers/json')
const header = 'CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n'
const NOT_HTTP = `net/http: HTTP/1.x transport connection broken: malformed HTTP response`
const TLS_QUESTION = '.\n* Are you trying to connect to a TLS-enabled daemon without TLS?\n'
const EOF = `error during connect: Get "${list}": EOF\n`

const cases: readonly BrokenResponse[] = [
  {
    name: 'malformed JSON',
    line: 'tug ps',
    response: { bytes: response(JSON_TYPE, 'this is not json') },
    exitCode: 1,
    stderr: "invalid character 'h' in literal true (expecting 'r')\n",
  },
  {
    name: 'HTML',
    line: 'tug images',
    response: { bytes: response('200 OK\r\nContent-Type: text/html', '<html></html>') },
    exitCode: 1,
    stderr: "invalid character '<' looking for beginning of value\n",
  },
  { name: 'an empty body', line: 'tug ps', response: { bytes: response(JSON_TYPE) }, exitCode: 1, stderr: 'EOF\n' },
  {
    name: '204',
    line: 'tug ps',
    response: { bytes: 'HTTP/1.1 204 No Content\r\n\r\n' },
    exitCode: 1,
    stderr: 'EOF\n',
  },
  {
    name: 'null',
    line: 'tug ps',
    response: { bytes: response(JSON_TYPE, 'null') },
    exitCode: 0,
    stdout: header,
    stderr: '',
  },
  {
    name: 'an object instead of a list',
    line: 'tug ps',
    response: { bytes: response(JSON_TYPE, '{"a":1}') },
    exitCode: 1,
    stderr: 'json: cannot unmarshal object into Go value of type []container.Summary\n',
  },
  {
    name: 'a list of numbers',
    line: 'tug ps',
    response: { bytes: response(JSON_TYPE, '[1]') },
    exitCode: 1,
    stderr: 'json: cannot unmarshal number into Go value of type container.Summary\n',
  },
  {
    name: 'a list of numbers',
    line: 'tug images',
    response: { bytes: response(JSON_TYPE, '[1]') },
    exitCode: 1,
    stderr: 'json: cannot unmarshal number into Go value of type image.Summary\n',
  },
  {
    name: 'text after the JSON',
    line: 'tug ps',
    response: { bytes: response(JSON_TYPE, '[] x') },
    exitCode: 0,
    stdout: header,
    stderr: '',
  },
  {
    name: 'truncated JSON',
    line: 'tug ps',
    response: { bytes: response(JSON_TYPE, '[{"Id":"a"') },
    exitCode: 1,
    stderr: 'unexpected EOF\n',
  },
  {
    name: 'an empty body',
    line: 'tug inspect a',
    response: { bytes: response(JSON_TYPE) },
    exitCode: 1,
    stdout: '[]\n',
    stderr: 'EOF\n',
  },
  {
    name: 'a list instead of an object',
    line: 'tug inspect a',
    response: { bytes: response(JSON_TYPE, '[1]') },
    exitCode: 1,
    stdout: '[]\n',
    stderr: 'json: cannot unmarshal array into Go value of type container.InspectResponse\n',
  },
  ...['tug run -d x', 'tug create x'].flatMap((line): BrokenResponse[] => {
    const isRun = line.startsWith('tug run')
    const withHelp = (text: string) =>
      isRun ? `docker: ${text}\n\nRun 'docker run --help' for more information\n` : `${text}\n`
    const wrongType = 'json: cannot unmarshal array into Go value of type container.CreateResponse'
    const exitCode = isRun ? 125 : 1
    return [
      { name: 'an empty body', line, response: { bytes: response(JSON_TYPE) }, exitCode, stderr: withHelp('EOF') },
      { name: 'a list', line, response: { bytes: response(JSON_TYPE, '[]') }, exitCode, stderr: withHelp(wrongType) },
    ]
  }),
  ...['tug ps', 'tug stop a', 'tug rmi a', 'tug inspect a'].flatMap((line): BrokenResponse[] => {
    const stdout = line.includes('inspect') ? '[]\n' : ''
    const errorCase = (name: string, head: string, body: string, stderr: string): BrokenResponse => ({
      name,
      line,
      response: { bytes: response(head, body) },
      exitCode: 1,
      stdout,
      stderr,
    })
    return [
      errorCase(
        '500 in plain text',
        '500 Internal Server Error\r\nContent-Type: text/plain',
        'boom\n',
        'Error response from daemon: boom\n',
      ),
      errorCase('500 without a type', '500 Internal Server Error', 'boom', 'Error response from daemon: boom\n'),
      errorCase(
        '502 in HTML',
        '502 Bad Gateway\r\nContent-Type: text/html',
        '<b>no</b>',
        'Error response from daemon: <b>no</b>\n',
      ),
      errorCase(
        '500 without a message',
        FAILED_JSON,
        '{}',
        'Error response from daemon: API returned a 500 (Internal Server Error) but provided no error-message\n',
      ),
      errorCase(
        '500 without JSON',
        FAILED_JSON,
        '{bad',
        "Error reading JSON: invalid character 'b' looking for beginning of object key string\n",
      ),
      errorCase(
        'JSON in plain text',
        '500 Internal Server Error\r\nContent-Type: text/plain',
        '{"message":"x"}',
        'Error response from daemon: {"message":"x"}\n',
      ),
      errorCase(
        '401',
        '401 Unauthorized\r\nContent-Type: application/json',
        '{"message":"who are you?"}',
        'Error response from daemon: who are you?\n',
      ),
    ]
  }),
  {
    name: '500 without a body',
    line: 'tug ps',
    response: { bytes: response(FAILED_JSON) },
    exitCode: 1,
    stderr: `request returned 500 Internal Server Error for API route and version ${list}, check if the server supports the requested API version\n`,
  },
  {
    name: 'an unknown status code',
    line: 'tug ps',
    response: { bytes: response('799 Odd') },
    exitCode: 1,
    stderr: `request returned 799 Odd for API route and version ${list}, check if the server supports the requested API version\n`,
  },
  {
    name: 'a redirect of a GET',
    line: 'tug ps',
    response: { bytes: response('301 Moved Permanently\r\nLocation: http://example.invalid/x') },
    exitCode: 1,
    stderr: 'EOF\n',
  },
  {
    name: 'a redirect of a POST',
    line: 'tug stop a',
    response: { bytes: response('307 Temporary Redirect\r\nLocation: /elsewhere') },
    exitCode: 1,
    stderr: 'error during connect: Post "/elsewhere": unexpected redirect in response\n',
  },
  {
    name: '500 without a body',
    line: 'tug attach a',
    response: { bytes: response('500 Internal Server Error') },
    exitCode: 1,
    stderr: `request returned 500 Internal Server Error for API route and version ${url('/containers/a/json')}, check if the server supports the requested API version\n`,
  },
  {
    name: 'not HTTP',
    line: 'tug ps',
    response: { bytes: 'SSH-2.0-OpenSSH_9\r\n', after: 'end' },
    exitCode: 1,
    stderr: `Get "${list}": ${NOT_HTTP} "SSH-2.0-OpenSSH_9"${TLS_QUESTION}`,
    shortStderr: `Get "${list}": ${NOT_HTTP}${TLS_QUESTION}`,
  },
  {
    name: 'not HTTP, also for the ping',
    line: 'tug ps',
    ping: { bytes: 'SSH-2.0-OpenSSH_9\r\n', after: 'end' },
    response: { bytes: 'SSH-2.0-OpenSSH_9\r\n', after: 'end' },
    exitCode: 1,
    stderr: `Get "${list}": ${NOT_HTTP} "SSH-2.0-OpenSSH_9"${TLS_QUESTION}`,
    shortStderr: `Get "${list}": ${NOT_HTTP}${TLS_QUESTION}`,
  },
  {
    name: 'HTTP/1.0 with a body for a HEAD',
    line: 'tug ps',
    ping: { bytes: 'HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n[]\n', after: 'end' },
    response: { bytes: 'HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n[]\n', after: 'end' },
    exitCode: 0,
    stdout: header,
    stderr: '',
  },
  { name: 'closes before the response', line: 'tug ps', response: { after: 'end' }, exitCode: 1, stderr: EOF },
  {
    name: 'closes before the ping',
    line: 'tug ps',
    ping: { after: 'end' },
    response: { after: 'end' },
    exitCode: 1,
    stderr: EOF,
  },
  ...['Content-Length: 100\r\n\r\n[{"Id":', 'Transfer-Encoding: chunked\r\n\r\n7\r\n[{"Id":\r\n', '\r\n[{"Id":'].map(
    (rest): BrokenResponse => ({
      name: `closes mid-response after ${JSON.stringify(rest)}`,
      line: 'tug ps',
      response: { bytes: `HTTP/1.1 ${JSON_TYPE}\r\n${rest}`, after: 'end' },
      exitCode: 1,
      stderr: 'unexpected EOF\n',
    }),
  ),
  {
    name: 'closes mid-progress',
    line: 'tug pull x',
    response: {
      bytes: `HTTP/1.1 ${JSON_TYPE}\r\nTransfer-Encoding: chunked\r\n\r\n15\r\n{"status":"Pulling"}\n\r\n`,
      after: 'end',
    },
    exitCode: 1,
    stdout: 'Using default tag: latest\nPulling\n',
    stderr: 'unexpected EOF\n',
  },
]

describe.each(programs)('$name', (program) => {
  let fixture: FaultFixture
  beforeAll(async () => {
    fixture = await openFaultFixture(program)
  })
  afterAll(() => fixture.close())

  test.each(cases)('$line handles this response like docker: $name', async ({
    line,
    response: reply,
    ping = { bytes: PONG },
    shortStderr,
    ...recorded
  }) => {
    const daemon = new RawDaemon((head) => (head.includes('/_ping') ? ping : reply))
    await daemon.listen(fixture.socket)
    try {
      const outcome = await fixture.shell.run(line)
      const { exitCode, stdout = '', stderr } = recorded
      const expected = inWordsOf(program, { exitCode, stdout, stderr: withSocket(stderr) })
      const isShort =
        shortStderr !== undefined && !isReference(program.command) && outcome.stderr === withSocket(shortStderr)
      expect(outcome).toEqual(isShort ? { ...expected, stderr: withSocket(shortStderr) } : expected)
    } finally {
      await daemon.close()
    }
  })

  // docker panics at these responses or treats them as success.
  test.each([
    ['tug run -d x', '{}', 125],
    ['tug run x', 'null', 125],
    ['tug create x', '{"Id":""}', 1],
    ['tug exec a b', '{}', 1],
    ['tug exec a b', 'null', 1],
    ['tug attach a', '{}', 1],
    ['tug start -a a', '{"Id":"x"}', 1],
    ['tug logs a', '{}', 1],
    ['tug version', '[]', 1],
    ['tug rmi a', '{}', 1],
    ['tug pull a', '[5]', 1],
    ['tug stop a', 'nonsense', 1],
  ])('%s fails with one clear line when the response is %s', async (line, body, exitCode) => {
    const daemon = new RawDaemon((head) => ({ bytes: head.includes('/_ping') ? PONG : response(JSON_TYPE, body) }))
    await daemon.listen(fixture.socket)
    try {
      if (isReference(program.command)) return
      const outcome = await fixture.shell.run(line)
      expect(outcome.exitCode).toBe(exitCode)
      expect(outcome.stderr).not.toMatch(STACK_TRACE)
      expect(outcome.stdout).not.toMatch(/undefined|null/)
      expect(outcome.stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(line.startsWith('tug run') ? 3 : 1)
      expect(outcome.stderr).not.toBe('')
    } finally {
      await daemon.close()
    }
  })

  const withSocket = (text: string) => text.replaceAll('<socket>', encodeURIComponent(fixture.socket))
})
