import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
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

  it.each([
    [0o640, 0o640],
    [0o660, 0o660],
    [0o600, 0o600],
    [0o400, 0o400],
    // Others could read or change the credentials.
    [0o644, 0o600],
    [0o664, 0o600],
    [0o602, 0o600],
  ])('changes mode %o to %o', async (before, after) => {
    writeFileSync(path(), '{}')
    chmodSync(path(), before)
    await change('a')
    expect(statSync(path()).mode & 0o7777).toBe(after)
  })

  it.runIf(process.getuid?.() === 0)('keeps a group that may read the file', async () => {
    writeFileSync(path(), '{}', { mode: 0o640 })
    execFileSync('chown', [':12345', path()])
    await change('a')
    expect(statSync(path())).toMatchObject({ gid: 12345, uid: process.getuid?.() })
  })

  it('keeps values of wrong types', async () => {
    writeFileSync(path(), '{"psFormat":5,"auths":{"b":7,"a":{"auth":"?"}},"HttpHeaders":[]}')
    await change('a')
    expect(read()).toEqual({ psFormat: 5, auths: { b: 7, a: { auth: '?' } }, HttpHeaders: [], a: true })
  })

  it.each(['[]', '5', '{"auths":{'])('refuses to replace %s', async (text) => {
    writeFileSync(path(), text)
    await expect(change('a')).rejects.toThrow(`not changing ${path()}: Error parsing config file`)
    expect(readFileSync(path(), 'utf8')).toBe(text)
    expect(readdirSync(dir)).toEqual(['config.json'])
  })

  it('leaves no lock behind when nothing can be written', () => {
    writeFileSync(path(), '{}')
    const program = `
      import { loadConfigFile } from '${import.meta.dirname}/../../src/config/config-file.ts'
      import { updateConfigFile } from '${import.meta.dirname}/../../src/config/config-writer.ts'
      process.on('SIGXFSZ', () => {})
      await updateConfigFile(loadConfigFile('${dir}'), () => {}).catch((error) => console.log(error.message))`
    // A limit of no bytes for files fails like a full quota, with EFBIG.
    const output = execFileSync('sh', ['-c', 'ulimit -f 0; exec "$@" | cat', 'sh', process.execPath, '-e', program])
    expect(output.toString()).toBe(`write ${path('config.json.lock')}: file too large\n`)
    expect(readdirSync(dir)).toEqual(['config.json'])
  })

  it('reports a failed write with docker’s message', async () => {
    writeFileSync(path('file'), '')
    const below = { ...loadConfigFile(dir), dir: path('file/below'), path: path('file/below/config.json') }
    await expect(updateConfigFile(below, () => {})).rejects.toThrow(`mkdir ${path('file/below')}: not a directory`)
    symlinkSync('config.json', path())
    await expect(change('a')).rejects.toThrow('too many levels of symbolic links')
  })
})
