import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadConfigFile } from '../../src/config/config-file.ts'
import { updateConfigFile } from '../../src/config/config-writer.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tug-writer-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const path = (name = 'config.json') => join(dir, name)
const read = () => JSON.parse(readFileSync(path(), 'utf8'))
const change = (key: string) =>
  updateConfigFile(loadConfigFile(dir), (data) => {
    data[key] = true
  })

describe('updateConfigFile with concurrent writers', () => {
  it('loses no change', async () => {
    const keys = Array.from({ length: 20 }, (_, at) => `key${at}`)
    await Promise.all(keys.map(change))
    expect(Object.keys(read()).sort()).toEqual(keys.toSorted())
    expect(readdirSync(dir)).toEqual(['config.json'])
  })

  it('removes the lock of a process that was killed', async () => {
    const child = spawn('true')
    await once(child, 'exit')
    writeFileSync(path('config.json.lock'), `${hostname()} ${child.pid}`)
    await Promise.all(['a', 'b', 'c'].map(change))
    expect(read()).toEqual({ a: true, b: true, c: true })
    expect(existsSync(path('config.json.lock'))).toBe(false)
  })

  it.each([
    ['of another machine', 'elsewhere 1'],
    ['of a process with a reused id', `${hostname()} ${process.pid}`],
    ['without a holder', ''],
  ])('removes an old lock %s', async (_name, holder) => {
    writeFileSync(path('config.json.lock'), holder)
    utimesSync(path('config.json.lock'), new Date(0), new Date(0))
    await change('a')
    expect(read()).toEqual({ a: true })
  })

  it('removes the remains of a process that was killed while removing a lock', async () => {
    for (const name of ['config.json.lock', 'config.json.lock.break']) {
      writeFileSync(path(name), 'elsewhere 1')
      utimesSync(path(name), new Date(0), new Date(0))
    }
    await change('a')
    expect(readdirSync(dir)).toEqual(['config.json'])
  })

  it('removes the temporary file of a killed process, and no other file', async () => {
    const others = ['config.json.12a', 'config.json.20261120', 'config.json.bak', 'config.json1']
    for (const name of ['config.json.tug-tmp-1234567', ...others]) writeFileSync(path(name), 'secret')
    await change('a')
    expect(readdirSync(dir).sort()).toEqual(['config.json', ...others])
  })

  it('waits for a lock that is held', async () => {
    writeFileSync(path('config.json.lock'), `${hostname()} ${process.pid}`)
    const written = change('a')
    expect(existsSync(path())).toBe(false)
    rmSync(path('config.json.lock'))
    await written
    expect(read()).toEqual({ a: true })
  })
})

describe('updateConfigFile', () => {
  it('follows links, also to a file that does not exist yet', async () => {
    mkdirSync(path('real'))
    symlinkSync('second.json', path())
    symlinkSync('real/config.json', path('second.json'))
    await change('a')
    await change('b')
    expect(readlinkSync(path())).toBe('second.json')
    expect(JSON.parse(readFileSync(path('real/config.json'), 'utf8'))).toEqual({ a: true, b: true })
    expect(statSync(path('real/config.json')).mode & 0o777).toBe(0o600)
    expect(readdirSync(path('real'))).toEqual(['config.json'])
  })

  it.skipIf(process.getuid?.() !== 0)('preserves the owner, as root', async () => {
    writeFileSync(path(), '{}')
    execFileSync('chown', ['12345:12345', path()])
    await change('a')
    expect(statSync(path()).uid).toBe(12345)
  })

  it('reports a failed write with docker’s message', async () => {
    writeFileSync(path('file'), '')
    const below = { ...loadConfigFile(dir), dir: path('file/below'), path: path('file/below/config.json') }
    await expect(updateConfigFile(below, () => {})).rejects.toThrow(`mkdir ${path('file/below')}: not a directory`)
    symlinkSync('config.json', path())
    await expect(change('a')).rejects.toThrow('too many levels of symbolic links')
  })
})
