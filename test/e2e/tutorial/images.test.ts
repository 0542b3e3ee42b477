import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { combinations } from '../../support/provided.ts'
import { beginTutorial, buildFriendlyhello, dialectOf, endTutorial, type Tutorial } from './tutorial.ts'

const HEADER = /^REPOSITORY +TAG +IMAGE ID +CREATED +SIZE\n/

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  const dialect = dialectOf(combination.engine)
  const image = dialect.imageName('friendlyhello:latest')
  let tutorial: Tutorial
  beforeAll(async () => {
    tutorial = await beginTutorial(combination)
    await tutorial.state.removeImages()
  })
  beforeEach(async () => {
    await tutorial.shell.succeed('tug pull -q busybox')
    await buildFriendlyhello(tutorial)
  })
  afterAll(() => endTutorial(tutorial))

  test.each(['images', 'image ls'])('%s lists the images', async (command) => {
    const stdout = await tutorial.shell.succeed(`tug ${command}`)
    expect(stdout).toMatch(HEADER)
    expect(stdout).toMatch(/\nfriendlyhello +latest +[0-9a-f]{12} {3}.* ago +[\d.]+MB\n/)
    expect(stdout).toMatch(/\nbusybox +latest +[0-9a-f]{12} {3}.* ago +[\d.]+MB\n/)
    expect(stdout).not.toMatch(/\n<none>/)
  })

  test.each(['images -a', 'image ls -a'])('%s lists at least as much', async (command) => {
    const all = (await tutorial.shell.succeed(`tug ${command}`)).split('\n')
    expect(all[0]).toMatch(/^REPOSITORY +TAG +IMAGE ID +CREATED +SIZE$/)
    const ids = (await tutorial.shell.succeed('tug images -q')).trimEnd().split('\n')
    for (const id of ids) expect(all.some((row) => row.includes(id))).toBe(true)
  })

  test('rmi NAME removes an image', async () => {
    const { stdout, stderr, exitCode } = await tutorial.shell.run('tug rmi friendlyhello')
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(stdout).toMatch(new RegExp(`^Untagged: ${image}$`, 'm'))
    expect(stdout).toMatch(new RegExp(`^Deleted: ${dialect.deletedId('')}$`, 'm'))
    expect(await tutorial.state.imageNames()).not.toContain(image)
  })

  test('image rm ID removes an image', async () => {
    const id = (await tutorial.shell.succeed('tug images -q friendlyhello')).trimEnd()
    const { stdout, stderr, exitCode } = await tutorial.shell.run(`tug image rm ${id}`)
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(stdout).toMatch(new RegExp(`^Untagged: ${image}$`, 'm'))
    expect(stdout).toMatch(new RegExp(`^Deleted: ${dialect.deletedId(id)}$`, 'm'))
    expect(await tutorial.state.imageNames()).not.toContain(image)
  })

  test('rmi $(tug images -q) removes all images', async () => {
    const { stdout, stderr, exitCode } = await tutorial.shell.run('tug rmi $(tug images -q)')
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(stdout).toContain(`Untagged: ${image}\n`)
    expect(stdout).toContain(`Untagged: ${dialect.imageName('busybox:latest')}\n`)
    expect(await tutorial.state.imageNames()).toEqual([])
    expect(await tutorial.shell.succeed('tug images')).toMatch(/^REPOSITORY +TAG +IMAGE ID +CREATED +SIZE\n$/)
  })
})
