import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FakeDaemon } from '../support/fake-daemon.ts'
import { json } from '../support/fake-replies.ts'
import { programs, Shell } from '../support/run.ts'
import { caseDirectory } from './case-directory.ts'

const NOTICE =
  'Flag --pause has been deprecated, and enabled by default. Use --no-pause to disable pausing during commit.'

describe.each(programs)('$name', (program) => {
  let shell: Shell
  let daemon: FakeDaemon
  beforeEach(async () => {
    const socket = `${await caseDirectory('pty')}/docker.sock`
    daemon = new FakeDaemon({ replies: { 'POST /commit': json({ Id: 'sha256:1' }, 201) } })
    await daemon.listen(socket)
    shell = await Shell.open(program, { socket })
  })
  afterEach(async () => {
    await shell.close()
    await daemon.close()
  })

  test.each([
    ['--pause=false', `${NOTICE}\r\n`],
    ['-p', `${NOTICE}\r\n`],
    ['--no-pause', ''],
    ['--message note', ''],
  ])('commit %s on a terminal prints %j to stderr', async (flag, notice) => {
    const terminal = shell.terminal(`sh -c 'id=$(tug commit ${flag} web); echo "id $id"'`, { columns: 200 })
    try {
      expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
      expect(terminal.output).toBe(`${notice}id sha256:1\r\n`)
    } finally {
      await terminal.close()
    }
  })

  test('commit --pause=false in a pipe prints the ID only', async () => {
    expect(await shell.run('tug commit --pause=false web')).toMatchObject({
      stdout: 'sha256:1\n',
      stderr: '',
      exitCode: 0,
    })
  })
})
