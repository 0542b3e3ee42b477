import { dockerfile, lines, logOf, moment, partOf, type Scenario, Script } from './scenario.ts'

const LOAD = '[internal] load build definition from Dockerfile'
const METADATA = '[internal] load metadata for docker.io/library/alpine:3.20'
const IGNORE = '[internal] load .dockerignore'
const CONTEXT = '[internal] load build context'
const FROM =
  '[1/4] FROM docker.io/library/alpine:3.20@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d'
const RUN = '[2/4] RUN apk add --no-cache make'
const COPY = '[3/4] COPY . /src'
const MAKE = '[4/4] RUN make -C /src'
const EXPORT = 'exporting to image'

const SOURCE = dockerfile(
  [
    'FROM alpine:3.20',
    'RUN apk add --no-cache make',
    'COPY . /src',
    'RUN make -C /src',
    'CMD make run',
    'EXPOSE 80',
    '',
  ].join('\n'),
)

/** The steps before the first instruction. */
function loaded(): Script {
  return new Script()
    .pending(0, LOAD)
    .started(2, LOAD)
    .part(10, LOAD, 'transferring dockerfile:', { started: moment(8) })
    .part(30, LOAD, 'transferring dockerfile:', { current: 131, started: moment(8), completed: moment(28) })
    .done(40, LOAD)
    .pending(200, METADATA, IGNORE)
    .started(205, METADATA)
    .started(420, IGNORE)
    .part(430, IGNORE, 'transferring context:', { current: 2, started: moment(425), completed: moment(428) })
    .done(440, IGNORE)
    .done(800, METADATA)
}

function exported(script: Script, at: number): Script {
  const layers = { started: moment(at + 5) }
  return script
    .started(at, EXPORT)
    .part(at + 10, EXPORT, 'exporting layers', layers)
    .part(at + 210, EXPORT, 'exporting layers', { ...layers, completed: moment(at + 205) })
    .part(at + 215, EXPORT, 'writing image sha256:1b2c3d', { started: moment(at + 212), completed: moment(at + 214) })
    .part(at + 220, EXPORT, 'naming to docker.io/library/app', {
      started: moment(at + 218),
      completed: moment(at + 219),
    })
    .done(at + 350, EXPORT)
}

function ordinary(): Scenario {
  const script = loaded()
    .pending(1000, FROM, CONTEXT, RUN, COPY, MAKE)
    .cached(1010, FROM)
    .started(1220, CONTEXT)
    .part(1230, CONTEXT, 'transferring context:', { current: 12_345, started: moment(1225), completed: moment(1228) })
    .done(1240, CONTEXT)
    .started(1500, RUN)
    .log(1620, RUN, 'fetch https://dl-cdn.alpinelinux.org/alpine/v3.20/main/x86_64/APKINDEX.tar.gz\n')
    .log(1800, RUN, '(1/1) Installing make (4.4.1-r2)\nExecuting busybox-1.36.1-r29.trigger\n')
    .log(2010, RUN, 'OK: 8 MiB in 15 packages\n')
    .done(2220, RUN)
    .started(2230, COPY)
    .done(2270, COPY)
    .started(2500, MAKE)
    .log(2750, MAKE, 'cc -o app app.c\n')
    .done(3000, MAKE)
  return exported(script, 3200).end()
}

function cached(): Scenario {
  const script = loaded()
    .pending(1000, FROM, CONTEXT, RUN, COPY, MAKE)
    .cached(1005, FROM)
    .started(1210, CONTEXT)
    .done(1230, CONTEXT)
    .cached(1410, RUN)
    .cached(1611, COPY)
    .cached(1812, MAKE)
  return exported(script, 2100).end()
}

/** Two stages that run long enough for the display to switch between them. */
function parallel(): Scenario {
  const [front, back] = ['[front 2/2] RUN npm run build', '[back 2/2] RUN go build ./...']
  const script = loaded().started(1000, front).started(1210, back)
  for (let at = 1400; at < 13_500; at += 400) {
    script.log(at, front, `bundling ${at}\n`)
    if (at % 1200 === 200) script.log(at + 150, back, `compiling ${at}\nlinking ${at}\n`)
  }
  return exported(script.done(13_900, back).done(14_200, front), 14_500).end()
}

/** A step whose output waits while another one writes all the time. */
function waiting(): Scenario {
  const [loud, quiet] = ['[a 2/2] RUN yes | head -1000', '[b 2/2] RUN sleep 20']
  const script = loaded().started(1000, loud).log(1150, loud, 'y\n').started(1350, quiet)
  script.log(1600, quiet, 'one word\n')
  for (let at = 1750; at < 12_700; at += 250) script.log(at, loud, 'y\n'.repeat(5))
  return script.done(12_950, loud).done(13_250, quiet).end()
}

const FAILED = 'process "/bin/sh -c make -C /src" did not complete successfully: exit code: 2'

function failing(): Scenario {
  const script = loaded()
    .pending(1000, FROM, CONTEXT, RUN, COPY, MAKE)
    .cached(1010, FROM)
    .cached(1220, COPY)
    .started(1430, MAKE)
  for (let line = 1; line <= 14; line++) script.log(1500 + line * 160, MAKE, `cc: line ${line}\n`)
  return script
    .log(4000, MAKE, 'make: *** [all] Error 1')
    .done(4250, MAKE, { error: FAILED })
    .end({ code: 2, message: FAILED, sources: [{ file: SOURCE, ranges: [lines(4)] }] })
}

/** Logs that arrive with an unfinished line, and a failure in the middle of a line. */
function failingInALine(): Scenario {
  return new Script()
    .started(5, RUN)
    .log(250, RUN, 'one\ntwo\nthree\nfour is op')
    .log(500, RUN, 'en\nfive\n')
    .log(750, RUN, 'six\nseven\n')
    .log(1000, RUN, 'and the end')
    .done(1250, RUN, { error: FAILED })
    .end({ code: 2, message: FAILED, sources: [{ file: SOURCE, ranges: [lines(2)] }] })
}

function syntaxError(): Scenario {
  const source = dockerfile('FROM alpine\nRUNN make\n')
  return new Script()
    .started(5, LOAD)
    .done(250, LOAD)
    .end({
      code: 2,
      message: 'dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)',
      sources: [{ file: source, ranges: [lines(2)] }],
    })
}

/** A failure without a step or a source. */
function refused(): Scenario {
  return new Script().end({ code: 2, message: 'unsupported frontend capability <x> & "y"' })
}

function canceledByOther(): Scenario {
  const [one, two, three] = ['[a 2/2] RUN false', '[b 2/2] RUN sleep 60', '[c 2/2] RUN sleep 61']
  const error = 'process "/bin/sh -c false" did not complete successfully: exit code: 1'
  return loaded()
    .started(1000, one)
    .started(1250, two)
    .started(1500, three)
    .log(1750, two, 'sleeping\n')
    .done(2000, one, { error })
    .done(2250, two, { error: 'context canceled' })
    .done(2500, three, { error: 'failed to run: context canceled' })
    .end({ code: 2, message: error, sources: [{ file: dockerfile('FROM a\nRUN false'), ranges: [lines(2)] }] })
}

const encode = (text: string) => new TextEncoder().encode(text)

function warnings(): Scenario {
  const rule = { url: 'https://docs.docker.com/go/dockerfile/rule/json-args-recommended/', source: SOURCE }
  const detail = [encode('JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior')]
  return loaded()
    .warn(900, LOAD, {
      text: 'JSONArgsRecommended: JSON arguments recommended for CMD (line 5)',
      detail,
      ranges: [lines(5)],
      ...rule,
    })
    .started(1100, RUN)
    .warn(1350, RUN, { text: 'NoSource: said of nothing in particular', level: 0 })
    .done(1600, RUN)
    .end()
}

/** A warning that arrives before its step ends; docker's terminal display shows later ones only by accident. */
function warningMeanwhile(): Scenario {
  return new Script()
    .started(5, RUN)
    .warn(250, RUN, { text: `Long: ${'a warning of many words '.repeat(8)}` })
    .log(500, RUN, 'working\n')
    .done(750, RUN)
    .end()
}

/** The same warning from two stages, and a warning of many lines. */
function warningOnce(): Scenario {
  const warning = {
    text: 'StageNameCasing: Stage name "A" should be lowercase (line 1)',
    detail: [encode('Stage names should be lowercase'), encode('second <line>')],
    source: SOURCE,
    ranges: [lines(2, 3), lines(5)],
  }
  return new Script().started(5, LOAD).warn(250, LOAD, warning).warn(500, LOAD, warning).done(750, LOAD).end()
}

function pull(): Scenario {
  const script = loaded().started(1000, FROM)
  const layer = 'sha256:4abcf20661432fb2d719aaf90656f55c287f8ca915dc1c92ec14ff61e67fbaf8'
  const small = 'sha256:beef'
  const began = { started: moment(1010) }
  script.part(1020, FROM, `resolve docker.io/library/alpine:3.20`, { ...began, completed: moment(1019) })
  script.part(1250, FROM, layer, { ...began, total: 3_408_729 })
  const at = [1400, 1600, 1800, 2000, 2300, 2600, 2900]
  const bytes = [10_000, 120_000, 200_000, 420_000, 1_048_576, 2_097_152, 3_408_729]
  for (const [index, time] of at.entries()) {
    script.part(time, FROM, layer, { ...began, current: bytes[index] ?? 0, total: 3_408_729 })
  }
  return script
    .event(3200, {
      statuses: [
        partOf(3200, FROM, layer, { ...began, current: 3_408_729, total: 3_408_729, completed: moment(3195) }),
        partOf(3200, FROM, small, { started: moment(3100), current: 581, total: 581, completed: moment(3105) }),
      ],
    })
    .part(3500, FROM, `extracting ${layer}`, { started: moment(3300) })
    .part(9000, FROM, `extracting ${layer}`, { started: moment(3300) })
    .part(9300, FROM, `extracting ${layer}`, { started: moment(3300), completed: moment(9290) })
    .part(9600, FROM, 'counting', { started: moment(9400), current: 999 })
    .part(9800, FROM, 'counting', { started: moment(9400), current: 5_000_000_000 })
    .part(10_000, FROM, 'counting', { started: moment(9400), current: 1_234_567_890_123, completed: moment(9990) })
    .done(10_300, FROM)
    .end()
}

function groups(): Scenario {
  const strong = { id: 'group-1', name: '[app] install and build', isWeak: false }
  const weak = { id: 'group-2', name: '[app] never shown', isWeak: true }
  const mixed = { id: 'group-3', name: '[app] shown late', isWeak: true }
  return loaded()
    .started(1000, 'mkdir /app', { progressGroup: strong })
    .done(1250, 'mkdir /app', { progressGroup: strong })
    .started(1500, 'copy files', { progressGroup: strong })
    .log(1750, 'copy files', 'copying\n')
    .started(2000, 'hidden', { progressGroup: weak })
    .log(2250, 'hidden', 'nobody sees this\n')
    .done(2500, 'hidden', { progressGroup: weak })
    .started(2750, 'first', { progressGroup: mixed })
    .done(3000, 'first', { progressGroup: mixed })
    .started(3250, 'second', { progressGroup: { ...mixed, isWeak: false } })
    .done(3500, 'copy files', { progressGroup: strong })
    .done(3750, 'second', { progressGroup: { ...mixed, isWeak: false }, isCached: true })
    .end()
}

function longNames(): Scenario {
  const long = `[stage-1 3/5] RUN ${'very-long-command --with-many --flags '.repeat(8)}`
  const foreign = '[4/5] RUN echo „Grüße“ && printf "%s"'
  const tabbed = '[5/5] RUN <<EOF (echo a\tand b...)'
  return loaded()
    .started(1000, long)
    .part(1250, long, `sha256:${'ab'.repeat(32)}`, { current: 1_500_000, total: 88_000_000, started: moment(1100) })
    .done(1500, long)
    .started(1750, foreign)
    .done(2000, foreign)
    .started(2250, tabbed)
    .done(2500, tabbed)
    .end()
}

/** More steps than a terminal has rows; some are still running. */
function manySteps(): Scenario {
  const script = loaded()
  const slow = ['[slow-1 1/1] RUN sleep 30', '[slow-2 1/1] RUN sleep 31']
  for (const [index, name] of slow.entries()) script.started(900 + index * 20, name)
  for (let step = 1; step <= 40; step++) {
    const name = `[stage-0 ${step}/40] RUN step ${step}`
    const at = 1000 + step * 60
    script.started(at, name)
    if (step % 3 === 0) script.log(at + 10, name, `output of ${step}\n`)
    script.done(at + 50, name)
  }
  return script
    .done(3750, slow[0] ?? '')
    .done(4000, slow[1] ?? '')
    .end()
}

function strangeLogs(): Scenario {
  return loaded()
    .started(1000, RUN)
    .log(1250, RUN, `${'x'.repeat(300)}\n`)
    .log(1500, RUN, 'progress 10%\rprogress 20%\rprogress 30%')
    .log(1750, RUN, '\rprogress 100%\n')
    .log(2000, RUN, '\x1b[31mred\x1b[0m \x1b[1;32mgreen\x1b[0m\n')
    .log(2250, RUN, 'up\n\x1b[1Aover\x1b[K\n\ttab\tbed\n')
    .log(2500, RUN, '\x1b[10;70Hfar\x1b[2Dleft\x1b[1Kerased\n')
    .log(2750, RUN, 'ümläut ok\n')
    .log(3000, RUN, 'windows\r\nline ends\r\n')
    .log(3250, RUN, '\n\n\nthree empty lines above\n')
    .log(3500, RUN, 'no newline at the end')
    .done(3800, RUN)
    .started(4050, MAKE)
    .log(4300, MAKE, 'a\bb\x1b[2Jcleared\x1b[Hhome\x1b7saved\x1b8back\n')
    .log(4550, MAKE, '\x1b]0;title\x07after title\x1b(B\n')
    .done(4800, MAKE)
    .end()
}

/** Bytes that are not valid UTF-8, characters that arrive in two pieces, and characters of two columns. */
function foreignLogs(): Scenario {
  const name = '[4/5] RUN echo „Grüße, 世界“ && printf "%s\\n" äöüÄÖÜß äöüÄÖÜß äöüÄÖÜß äöüÄÖÜß äöüÄÖÜß ÄÖÜ'
  return new Script()
    .started(5, name)
    .log(250, name, Uint8Array.of(0x66, 0xff, 0xfe, 0x0a, 0x67, 0x0a))
    .log(500, name, new TextEncoder().encode('世').subarray(0, 2))
    .log(750, name, Buffer.concat([new TextEncoder().encode('世').subarray(2), Buffer.from('界, long enough\n')]))
    .log(1000, name, `${'世界'.repeat(40)}\n`)
    .done(1250, name)
    .end()
}

/** Unfinished lines of two alternating steps. */
function openLines(): Scenario {
  const [one, two] = ['[a 1/1] RUN printf', '[b 1/1] RUN printf too']
  return new Script()
    .started(5, one)
    .log(250, one, 'begun')
    .started(500, two)
    .done(750, two)
    .log(1000, one, ' and gone on')
    .log(1250, one, ' and on\nnext')
    .done(1500, one)
    .end()
}

/** Times of logs in their three precisions, and steps that run again. */
function times(): Scenario {
  const script = new Script().started(5, RUN)
  for (const [index, seconds] of [0.25, 9.9994, 9.9996, 10.125, 99.994, 99.996, 100.05, 1234.5678].entries()) {
    const log = logOf(5 + seconds * 1000, RUN, `after ${seconds}\n`)
    script.event(250 + index * 150, { logs: [log] })
  }
  return script
    .done(1600, RUN)
    .event(1800, { vertexes: [], logs: [logOf(1800, RUN, 'after the end\n')] })
    .again(2000, RUN)
    .log(2250, RUN, 'again\n')
    .done(2500, RUN)
    .pending(2750, RUN)
    .end()
}

/** Unusual events: logs of unknown steps, and steps that end at the same time. */
function oddities(): Scenario {
  return new Script()
    .log(5, 'unknown', 'lost\n')
    .part(120, 'unknown', 'lost', { started: moment(1) })
    .warn(240, 'unknown', { text: 'Unknown: still counted' })
    .pending(360, 'never started')
    .part(480, 'never started', 'a part', { current: 5, total: 10 })
    .event(620, {
      vertexes: ['x', 'y', 'z'].map((name, index) => ({
        digest: name,
        inputs: [],
        name,
        isCached: false,
        error: '',
        started: moment(500),
        completed: moment(590 - index * 10),
      })),
    })
    .end()
}

/** The step that is being printed ends while another one has output, just after the display has switched back to it. */
function handedOver(): Scenario {
  const [one, two, three] = ['[a 1/1] RUN one', '[b 1/1] RUN two', '[c 1/1] RUN three']
  return new Script().started(5, one).cached(235, two).started(465, three).done(695, one).done(925, three).end()
}

/** Steps that all write at the same time: more logs than fit on the screen. */
function manyLogs(): Scenario {
  const names = Array.from({ length: 6 }, (_, index) => `[s${index} 2/2] RUN build ${index}`)
  const script = new Script()
  for (const [index, name] of names.entries()) script.started(5 + index * 5, name)
  for (let line = 1; line <= 12; line++) {
    const at = 200 + line * 300
    for (const [index, name] of names.entries()) {
      if (line % (index + 1) === 0) script.log(at + index, name, `${name}: line ${line}\n`)
    }
  }
  for (const [index, name] of names.entries()) script.done(4000 + index * 200, name)
  return script.end()
}

/** A step that ends before it is drawn. */
function quick(): Scenario {
  const script = new Script()
  for (let step = 1; step <= 6; step++) {
    script.started(step * 8, `[${step}/6] RUN true`).done(step * 8 + 4, `[${step}/6] RUN true`)
  }
  return script.end()
}

const CODES = { internal: 13, exhausted: 8, canceled: 1, unavailable: 14 }

function failingWith(code: number): Scenario {
  return new Script().started(5, RUN).done(250, RUN, { error: 'gone' }).end({ code, message: 'gone' })
}

/** An excerpt of a Dockerfile with marked lines. */
function excerpt(text: string, ...ranges: [number, number?][]): Scenario {
  const sources = [{ file: dockerfile(text), ranges: ranges.map(([from, to]) => lines(from, to)) }]
  return new Script().end({ code: 2, message: 'marked', sources })
}

const TEN = `${Array.from({ length: 10 }, (_, index) => `RUN ${index + 1}`).join('\n')}\n`

/** Every scripted build by its name. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  ordinary: ordinary(),
  cached: cached(),
  parallel: parallel(),
  waiting: waiting(),
  failing: failing(),
  'failing in a line': failingInALine(),
  'syntax error': syntaxError(),
  refused: refused(),
  'canceled by another': canceledByOther(),
  warnings: warnings(),
  'warning once': warningOnce(),
  'warning meanwhile': warningMeanwhile(),
  pull: pull(),
  groups: groups(),
  'long names': longNames(),
  'many steps': manySteps(),
  'strange logs': strangeLogs(),
  'foreign logs': foreignLogs(),
  'open lines': openLines(),
  times: times(),
  oddities: oddities(),
  quick: quick(),
  'many logs': manyLogs(),
  'handed over': handedOver(),
  nothing: new Script().end(),
  ...Object.fromEntries(Object.entries(CODES).map(([name, code]) => [`fails ${name}`, failingWith(code)])),
  'excerpt at the start': excerpt(TEN, [1]),
  'excerpt in the middle': excerpt(TEN, [5]),
  'excerpt at the end': excerpt(TEN, [10]),
  'excerpt of the last empty line': excerpt(TEN, [11]),
  'excerpt of two lines': excerpt(TEN, [5, 6]),
  'excerpt of two ranges': excerpt(TEN, [2], [9]),
  'excerpt of a range that ends early': excerpt(TEN, [7, 3]),
  'excerpt beyond the end': excerpt(TEN, [8, 20]),
  'excerpt outside': excerpt(TEN, [30]),
  'excerpt of nothing': excerpt(TEN),
  'excerpt of one line': excerpt('FROM x', [1]),
  'excerpt of carriage returns': excerpt('FROM x\r\nRUN y\r\nRUN z\r\n', [2]),
  'excerpts inside one another': new Script().end({
    code: 2,
    message: 'nested',
    sources: [
      { file: { ...SOURCE, filename: 'sub/Dockerfile.inner' }, ranges: [lines(2)] },
      { file: SOURCE, ranges: [lines(4)] },
    ],
  }),
}
