import type { Scenario } from './scenario.ts'
import { SCENARIOS } from './scenarios.ts'

/** A build off terminals. */
export interface PlainCase {
  readonly name: string
  readonly scenario: Scenario
  readonly flags: { readonly progress?: string; readonly quiet?: boolean; readonly debug?: boolean }
  readonly env: Readonly<Record<string, string>>
}

/** A build on a terminal. */
export interface TerminalCase {
  readonly name: string
  readonly scenario: Scenario
  readonly env: Readonly<Record<string, string>>
  readonly columns: number
  readonly rows: number
  /** The times at which the screen is recorded, in milliseconds since the build began. They are far from any event. */
  readonly snapshots: readonly number[]
  /** When Ctrl-C is typed, in milliseconds since the build began. */
  readonly interruptAt?: number
  /** When the window is resized, and to which size. */
  readonly resize?: { readonly at: number; readonly columns: number; readonly rows: number }
}

export const PLAIN_CASES: readonly PlainCase[] = [
  ...Object.keys(SCENARIOS).map((name) => plainCase(name, { progress: 'plain' })),
  plainCase('warnings', { progress: 'plain', debug: true }),
  plainCase('warning once', { progress: 'plain', debug: true }),
  plainCase('long names', { progress: 'plain' }, { PROGRESS_NO_TRUNC: '0' }),
  plainCase('warnings', { progress: 'plain' }, { NO_COLOR: '1' }),
  ...['failing in a line', 'warnings', 'groups', 'pull', 'strange logs', 'oddities'].map((name) =>
    plainCase(name, { progress: 'rawjson' }),
  ),
  ...['warnings', 'failing in a line', 'nothing'].map((name) => plainCase(name, { progress: 'quiet' })),
  plainCase('warnings', { quiet: true }),
  plainCase('quick', {}),
  plainCase('quick', { progress: '' }),
  plainCase('quick', { progress: 'tty' }),
  plainCase('quick', { progress: 'wrong' }),
  plainCase('warnings', {}, { BUILDKIT_PROGRESS: 'quiet' }),
  plainCase('warning once', {}, { BUILDKIT_PROGRESS: 'rawjson' }),
  plainCase('quick', {}, { BUILDKIT_PROGRESS: 'tty' }),
  plainCase('quick', {}, { BUILDKIT_PROGRESS: 'wrong' }),
  plainCase('quick', {}, { BUILDKIT_PROGRESS: 'auto' }),
  plainCase('quick', { progress: 'plain' }, { BUILDKIT_PROGRESS: 'quiet' }),
  plainCase('quick', { progress: 'plain', quiet: true }),
  ...COLORS().map((colors) => plainCase('nothing', { progress: 'plain' }, { BUILDKIT_COLORS: colors })),
  plainCase('nothing', { progress: 'plain' }, { BUILDKIT_COLORS: 'wrong', NO_COLOR: '1' }),
]

/** Values of BUILDKIT_COLORS; most are invalid. */
function COLORS(): readonly string[] {
  return [
    'run=green:error=255,100,0',
    'RUN=Light-Blue',
    '',
    'wrong',
    'run=pink',
    'run=red=blue',
    'stop=red',
    'run=1,2',
    'run=1,2,3,4',
    'run=1,2,300',
    'run=1,x,3',
    'run=,,',
    'run= 1,2,3',
    'run=red:',
    '"run=red":error="1,2,3"',
    'warning=red',
    'run=',
    '=red',
  ]
}

function plainCase(name: string, flags: PlainCase['flags'], env: PlainCase['env'] = {}): PlainCase {
  const scenario = SCENARIOS[name]
  if (!scenario) throw new Error(`there is no scenario ${name}`)
  const settings = [
    ...Object.entries(env).map(([variable, value]) => `${variable}=${value}`),
    ...Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`),
  ]
  return { name: `${name}: ${settings.join(' ')}`, scenario, flags, env }
}

export const TERMINAL_CASES: readonly TerminalCase[] = [
  ...[60, 80, 140].map((columns) => terminalCase('ordinary', [350, 680, 1700, 1910, 2120, 2880, 3350], { columns })),
  ...[60, 80, 140].map((columns) => terminalCase('long names', [1400, 1650, 2150], { columns })),
  ...[8, 12, 24, 60].map((rows) => terminalCase('many steps', [1500, 2500, 3650], { rows })),
  ...[12, 24, 40, 60].map((rows) => terminalCase('many logs', [1050, 1650, 2550, 3750, 4150, 4550], { rows })),
  terminalCase('cached', [1350, 1950]),
  terminalCase('ordinary', [1700], { interruptAt: 1900 }),
  terminalCase('many logs', [1650], { rows: 40, interruptAt: 1900 }),
  terminalCase('many steps', [1700], { rows: 12, interruptAt: 1932 }),
  terminalCase('failing', [1560, 2550, 3900]),
  terminalCase('failing in a line', [400, 650, 900, 1150]),
  terminalCase('canceled by another', [1900, 2150, 2400]),
  terminalCase('syntax error', [150]),
  terminalCase('warning meanwhile', [650]),
  terminalCase('pull', [1350, 1900, 2500, 3100, 5000, 9700]),
  terminalCase('groups', [1150, 1900, 2400, 3150, 3650]),
  terminalCase(
    'strange logs',
    [1400, 1650, 1900, 2150, 2400, 2650, 2900, 3150, 3400, 3700, 4200, 4450, 4700].map((at) => at + 20),
  ),
  terminalCase('times', [1550, 1750, 1950, 2150, 2400]),
  terminalCase('oddities', [440, 580]),
  terminalCase('open lines', [400, 650, 900, 1150, 1400]),
  terminalCase('quick', []),
  terminalCase('nothing', []),
  terminalCase('refused', []),
  terminalCase('failing', [2550], {}, { BUILDKIT_COLORS: 'run=green:error=255,100,0' }),
  terminalCase('canceled by another', [2150], {}, { BUILDKIT_COLORS: 'cancel=light-magenta:error=default' }),
  terminalCase('canceled by another', [2150], {}, { NO_COLOR: '1' }),
  ...['1', '3', '10', '20', 'x', '-4'].map((lines) =>
    terminalCase('many logs', [1650, 2550], { rows: 50 }, { BUILDKIT_TTY_LOG_LINES: lines }),
  ),
  terminalCase('many logs', [1650, 2550], { rows: 15 }, { BUILDKIT_TTY_LOG_LINES: '20' }),
  terminalCase('many logs', [1650], { columns: 30, rows: 30 }),
  terminalCase('many logs', [1650], { columns: 20, rows: 5 }),
  terminalCase('many logs', [1650, 2250], { rows: 40, resize: { at: 1900, columns: 60, rows: 18 } }),
  terminalCase('many logs', [1650, 2250], { columns: 60, rows: 18, resize: { at: 1900, columns: 100, rows: 40 } }),
]

function terminalCase(
  name: string,
  snapshots: readonly number[],
  window: Partial<Pick<TerminalCase, 'columns' | 'rows' | 'resize' | 'interruptAt'>> = {},
  env: TerminalCase['env'] = {},
): TerminalCase {
  const scenario = SCENARIOS[name]
  if (!scenario) throw new Error(`there is no scenario ${name}`)
  const { columns = 80, rows = 24, resize, interruptAt } = window
  const settings = [
    `${columns}x${rows}`,
    ...(resize ? [`to ${resize.columns}x${resize.rows}`] : []),
    ...(interruptAt === undefined ? [] : [`interrupted at ${interruptAt} ms`]),
    ...Object.entries(env).map(([variable, value]) => `${variable}=${value}`),
  ]
  return {
    name: `${name}: ${settings.join(' ')}`,
    scenario,
    env,
    snapshots,
    columns,
    rows,
    ...(resize ? { resize } : {}),
    ...(interruptAt === undefined ? {} : { interruptAt }),
  }
}
