import type { Scenario } from './scenario.ts'
import { SCENARIOS } from './scenarios.ts'

/** A build off terminals. */
export interface PlainCase {
  readonly name: string
  readonly scenario: Scenario
  readonly flags: { readonly progress?: string; readonly quiet?: boolean; readonly debug?: boolean }
  readonly env: Readonly<Record<string, string>>
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

/** Values of BUILDKIT_COLORS that are wrong, most of them. */
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
