import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { execa } from 'execa'
import { command } from '../test/support/engines/command.ts'
import { removeTree } from '../test/support/engines/remove-tree.ts'
import { startEngine } from '../test/support/engines/start.ts'

/**
 * Tries the README's two commands as newcomers would: `npm run try:first-run`, as root on Debian. It clones the
 * committed state for each of four users and prints what they see last. `--demo` leaves out the tests, which take about
 * six minutes per user.
 */
const { values } = parseArgs({ options: { demo: { type: 'boolean', default: false } } })
const ROOT = join(import.meta.dirname, '..')
/** The id of an account without a name, as in many containers. */
const ID = '54321'
const asUser = ['setpriv', '--reuid', ID, '--regid', ID, '--clear-groups', '--']

const engine = await startEngine({ from: 'machine' })
try {
  await command('chmod', ['711', join(engine.socket, '..')])
  await command('chown', [`root:${ID}`, engine.socket])
  await attempt('root', { prefix: [], demo: true })
  await attempt('an ordinary user without an engine', { prefix: asUser, demo: false })
  await attempt('a user who may use an engine', { prefix: asUser, demo: true, socket: engine.socket })
  const withoutAdmin = ['setpriv', '--bounding-set', '-sys_admin', '--inh-caps', '-sys_admin', '--']
  await attempt('root without CAP_SYS_ADMIN', { prefix: withoutAdmin, demo: false })
} finally {
  await engine.stop()
}

/** Runs both commands in a clone, as one user. @param demo whether the demo has to succeed */
async function attempt(
  who: string,
  { prefix, demo, socket }: { prefix: readonly string[]; demo: boolean; socket?: string },
): Promise<void> {
  const directory = await mkdtemp('/tmp/tug-first-run-')
  try {
    await command('git', ['clone', '--quiet', ROOT, join(directory, 'tug')])
    if (prefix === asUser) await command('chown', ['-R', `${ID}:${ID}`, directory])
    const run = async (script: string, succeeds: boolean) => {
      const env = { PATH: '/usr/bin:/bin', HOME: directory, ...(socket ? { DOCKER_HOST: `unix://${socket}` } : {}) }
      const [file = '', ...args] = [...prefix, 'sh', '-c', script]
      const result = await execa(file, args, {
        ...{ cwd: join(directory, 'tug'), env, extendEnv: false },
        ...{ stdin: 'ignore', all: true, reject: false },
      })
      const isExpected = (result.exitCode === 0) === succeeds
      console.log(`\n== ${who}: ${script}: exit code ${result.exitCode}${isExpected ? '' : ', which is wrong'}`)
      console.log(result.all.trimEnd().split('\n').slice(-4).join('\n'))
      if (!isExpected) process.exitCode = 1
    }
    await run('npm ci', true)
    await run('npm run demo', demo)
    if (!values.demo && prefix.length > 0) await run('npm test', true)
  } finally {
    await removeTree(directory)
  }
}
