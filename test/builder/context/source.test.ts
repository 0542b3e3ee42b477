import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isArchive } from '../../../src/builder/context/archive.ts'
import { isGitUrl, parseGitAddress } from '../../../src/builder/context/git-context.ts'
import { openSource } from '../../../src/builder/context/source.ts'
import { tarOf, untar } from './untar.ts'

/** The directory with all contexts; `c` is a valid one. */
let root: string
let archive: Buffer
let server: Server
let url: string

beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'tug-source-')))
  for (const directory of ['c/sub', 'none', 'lower', 'web']) mkdirSync(join(root, directory), { recursive: true })
  write('c/Dockerfile', 'FROM scratch\n')
  write('c/sub/Other', 'FROM other\n')
  write('c/file', 'x')
  write('lower/dockerfile', 'FROM lower\n')
  write('outside', 'FROM outside\n')
  symlinkSync('sub/Other', join(root, 'c/link'))
  symlinkSync('nowhere', join(root, 'c/dangling'))
  symlinkSync('c', join(root, 'linked'))
  archive = await tarOf({ Dockerfile: 'FROM tar\n', f: 'x' })
  makeRepository()
  ;({ server, url } = await serve())
})

afterAll(() => {
  server.close()
  rmSync(root, { recursive: true })
})

function write(path: string, content: string | Buffer): void {
  writeFileSync(join(root, path), content)
}

/** Creates a bare repository that a file server can serve, with the branches master and `other` and the tag `v1`. */
function makeRepository(): void {
  const work = join(root, 'work')
  mkdirSync(join(work, 'sub'), { recursive: true })
  writeFileSync(join(work, 'Dockerfile'), 'FROM git\n')
  writeFileSync(join(work, 'sub/Dockerfile'), 'FROM sub\n')
  symlinkSync('sub', join(work, 'linked'))
  symlinkSync('/sub', join(work, 'rooted'))
  symlinkSync('../../..', join(work, 'up'))
  const git = (...args: string[]) => execFileSync('git', ['-C', work, ...args], { stdio: 'pipe' })
  git('init', '-q', '-b', 'master')
  git('add', '.')
  git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'x')
  git('branch', 'other')
  git('tag', 'v1')
  execFileSync('git', ['clone', '-q', '--bare', work, join(root, 'web/repo.git')], { stdio: 'pipe' })
  execFileSync('git', ['-C', join(root, 'web/repo.git'), 'update-server-info'])
}

function serve(): Promise<{ server: Server; url: string }> {
  const files = createServer((request, response) => {
    let { pathname } = new URL(request.url ?? '', 'http://host')
    if (pathname === '/context.tar') return response.end(archive)
    if (pathname === '/moved') return response.writeHead(302, { location: '/context.tar' }).end()
    if (pathname.startsWith('/private/')) {
      if (request.headers.authorization !== PRIVATE.header) {
        return response.writeHead(401, { 'www-authenticate': 'Basic realm="private"' }).end('who are you?')
      }
      pathname = pathname.slice('/private'.length)
    }
    if (pathname === '/broken') return response.writeHead(500).end()
    try {
      return response.end(readFileSync(join(root, 'web', pathname)))
    } catch {
      return response.writeHead(404).end('  no such thing\n')
    }
  })
  return new Promise((resolve) => {
    files.listen(0, '127.0.0.1', () => {
      const address = files.address()
      const port = typeof address === 'object' ? address?.port : 0
      resolve({ server: files, url: `http://127.0.0.1:${port}` })
    })
  })
}

/** The account that may read below `/private`. */
const PRIVATE = {
  info: 'me%40home:turtle%3A%25s%20%22pass',
  header: `Basic ${Buffer.from('me@home:turtle:%s "pass').toString('base64')}`,
}

function privately(path: string, info = PRIVATE.info): string {
  return `${url.replace('://', `://${info}@`)}/private${path}`
}

async function* inPieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 300) yield bytes.subarray(at, at + 300)
}

function open(path: string, file = '', stdin: string | Buffer = '', env: NodeJS.ProcessEnv = process.env) {
  return openSource({
    path,
    file,
    cwd: join(root, 'c'),
    stdin: inPieces(Buffer.from(stdin)),
    env,
    warn: (message) => expect.unreachable(message),
    watch: ({ bytes }) => bytes,
    now: 1_000_000_000,
    randomHex: () => '0123456789abcdef0123',
  })
}

/** Returns the Dockerfile's name and the content of the files in the context. */
async function read(path: string, file = '', stdin: string | Buffer = '') {
  const source = await open(path, file, stdin)
  const bytes = Buffer.concat(await Array.fromAsync<Buffer>(source.archive))
  source.close()
  const entries = await untar(bytes)
  const plain = entries.filter(({ name, type }) => type === 'file' && !name.startsWith('.git/'))
  return { dockerfile: source.dockerfile, files: Object.fromEntries(plain.map(({ name, content }) => [name, content])) }
}

const CONTEXT = { Dockerfile: 'FROM scratch\n', 'sub/Other': 'FROM other\n', file: 'x' }
const ADDED = '.dockerfile.0123456789abcdef0123'

describe('a directory', () => {
  test.each([
    ['.', '', 'Dockerfile'],
    ['../linked', '', 'Dockerfile'],
    ['.', 'sub/Other', 'sub/Other'],
    ['.', 'link', 'sub/Other'],
    ['../c/sub/..', '../c/sub/Other', 'sub/Other'],
    ['.', 'sub', 'sub'],
  ])('%s -f %j has the Dockerfile %s', async (path, file, dockerfile) => {
    expect(await read(path, file)).toEqual({ dockerfile, files: CONTEXT })
  })

  test('may have its Dockerfile in lower case', async () => {
    expect(await read('../lower')).toEqual({ dockerfile: 'dockerfile', files: { dockerfile: 'FROM lower\n' } })
  })

  test.each([
    ['../outside', ''],
    ['-', 'FROM outside\n'],
  ])('is sent with a Dockerfile from elsewhere: -f %s', async (file, stdin) => {
    const files = { ...CONTEXT, [ADDED]: 'FROM outside\n', '.dockerignore': `.dockerignore\n${ADDED}\n` }
    expect(await read('.', file, stdin)).toEqual({ dockerfile: ADDED, files })
  })

  // docker's errors, with the directory replaced by ROOT.
  test.each([
    ['.', 'nope', 'unable to evaluate symlinks in Dockerfile path: lstat ROOT/c/nope: no such file or directory'],
    [
      '.',
      'dangling',
      'unable to evaluate symlinks in Dockerfile path: lstat ROOT/c/nowhere: no such file or directory',
    ],
    ['.', 'file/x', 'unable to evaluate symlinks in Dockerfile path: not a directory'],
    ['.', '../no/x', 'unable to evaluate symlinks in Dockerfile path: lstat ROOT/no: no such file or directory'],
    [
      '../none',
      '',
      'unable to evaluate symlinks in Dockerfile path: lstat ROOT/none/Dockerfile: no such file or directory',
    ],
    ['file', '', 'context must be a directory: ROOT/c/file'],
    ['nothere', '', 'path "nothere" not found'],
    ['', '', 'path "" not found'],
    ['dangling', '', 'path "dangling" not found'],
    ['file/x', '', 'path "file/x" not found'],
    ['ssh://git@host/x', '', 'path "ssh://git@host/x" not found'],
  ])('%j -f %j is refused', async (path, file, reason) => {
    await expect(open(path, file)).rejects.toThrow(
      new Error(`unable to prepare context: ${reason.replace('ROOT', root)}`),
    )
  })

  test('is refused when a file cannot be read, unless that file is excluded', () => {
    mkdirSync(join(root, 'locked/in'), { recursive: true })
    write('locked/Dockerfile', 'FROM x\n')
    write('locked/secret', 'x')
    chmodSync(join(root, 'locked/secret'), 0)
    chmodSync(root, 0o755)
    const locked = join(root, 'locked')
    expect(prepareAsNobody(locked)).toBe(`error checking context: no permission to read from '${locked}/secret'`)
    write('locked/.dockerignore', 'secret\n')
    expect(prepareAsNobody(locked)).toBe('prepared')
    chmodSync(join(locked, 'in'), 0)
    expect(prepareAsNobody(locked)).toBe(`error checking context: can't stat '${locked}/in'`)
    // Without this, an ordinary user could not remove the directory.
    chmodSync(join(locked, 'in'), 0o755)
  })
})

/** Prepares the context in a process that is not root, because root can read everything. */
function prepareAsNobody(directory: string): string {
  const module = new URL('../../../src/builder/context/directory-context.ts', import.meta.url).href
  const script = `
    const { prepareDirectory } = await import(${JSON.stringify(module)})
    if (process.getuid() === 0) process.setuid(65534)
    try {
      prepareDirectory({ root: ${JSON.stringify(directory)}, dockerfile: 'Dockerfile' })
      console.log('prepared')
    } catch (error) {
      console.log(error.message)
    }`
  return execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }).trim()
}

describe('stdin', () => {
  test('may be a Dockerfile', async () => {
    const files = { Dockerfile: 'FROM stdin\n' }
    expect(await read('-', '', 'FROM stdin\n')).toEqual({ dockerfile: 'Dockerfile', files })
    expect(await read('-', '', '')).toEqual({ dockerfile: 'Dockerfile', files: { Dockerfile: '' } })
  })

  test('may be an archive, which is sent unchanged', async () => {
    const source = await open('-', 'sub/x', archive)
    expect(source.dockerfile).toBe('sub/x')
    expect(Buffer.concat(await Array.fromAsync<Buffer>(source.archive))).toEqual(archive)
    const zipped = await open('-', '', gzipSync(archive))
    expect(zipped.dockerfile).toBe('')
    expect(Buffer.concat(await Array.fromAsync<Buffer>(zipped.archive))).toEqual(gzipSync(archive))
  })

  test('cannot be both', async () => {
    const clash = "invalid argument: can't use stdin for both build context and dockerfile"
    await expect(open('-', '-')).rejects.toThrow(new Error(clash))
    const ambiguous = 'ambiguous Dockerfile source: both stdin and flag correspond to Dockerfiles'
    await expect(open('-', 'x', 'FROM x\n')).rejects.toThrow(new Error(`unable to prepare context: ${ambiguous}`))
  })

  test.each([
    ['gzip', '1f8b08', true],
    ['bzip2', '425a68', true],
    ['xz', 'fd377a585a00', true],
    ['zstd', '28b52ffd', true],
    ['zeros', '00'.repeat(1024), false],
    ['a Dockerfile', Buffer.from('FROM x\n').toString('hex'), false],
    ['nothing', '', false],
  ])('is recognized by its first bytes: %s', (_name, hex, expected) => {
    expect(isArchive(Buffer.from(hex, 'hex'))).toBe(expected)
  })
})

describe('HTTP', () => {
  test('serves an archive or a Dockerfile', async () => {
    const files = { Dockerfile: 'FROM tar\n', f: 'x' }
    write('web/Dockerfile', 'FROM web\n')
    expect(await read(`${url}/context.tar`)).toEqual({ dockerfile: '', files })
    expect(await read(`${url}/moved`, 'f')).toEqual({ dockerfile: 'f', files })
    expect(await read(`${url}/Dockerfile`)).toEqual({ dockerfile: 'Dockerfile', files: { Dockerfile: 'FROM web\n' } })
  })

  test('serves an archive for a Dockerfile from stdin', async () => {
    const added = { [ADDED]: 'FROM in\n', '.dockerignore': `.dockerignore\n${ADDED}\n` }
    const files = { Dockerfile: 'FROM tar\n', f: 'x', ...added }
    expect(await read(`${url}/context.tar`, '-', 'FROM in\n')).toEqual({ dockerfile: ADDED, files })
    const refusal = new Error('unable to prepare context: build context is not an archive')
    await expect(open(`${url}/Dockerfile`, '-')).rejects.toThrow(refusal)
  })

  test.each([
    ['/gone', 'failed to GET URL/gone with status 404 Not Found: no such thing'],
    ['/broken', 'failed to GET URL/broken with status 500 Internal Server Error: '],
  ])('responses %s', async (path, reason) => {
    await expect(open(url + path)).rejects.toThrow(
      new Error(
        `unable to prepare context: unable to download remote context ${url}${path}: ${reason.replace('URL', url)}`,
      ),
    )
  })

  test('gets the user name and password of the URL, which no error shows', async () => {
    expect(await read(privately('/Dockerfile'))).toEqual({
      dockerfile: 'Dockerfile',
      files: { Dockerfile: 'FROM web\n' },
    })
    const shown = privately('/Dockerfile', 'me:***')
    await expect(open(privately('/Dockerfile', 'me:wrong'))).rejects.toThrow(
      new Error(
        `unable to prepare context: unable to download remote context ${shown}: failed to GET ${shown} with status 401 Unauthorized: who are you?`,
      ),
    )
  })

  test('reports a server that does not respond', async () => {
    const { server: closed, url: dead } = await serve()
    await new Promise((resolve) => closed.close(resolve))
    const refused = `dial tcp ${dead.slice('http://'.length)}: connect: connection refused`
    await expect(open(`${dead}/x`)).rejects.toThrow(
      new Error(`unable to prepare context: unable to download remote context ${dead}/x: Get "${dead}/x": ${refused}`),
    )
  })
})

describe('git', () => {
  const { TMPDIR } = process.env
  // A separate directory, because other processes may have left theirs in the shared one.
  beforeAll(() => {
    process.env.TMPDIR = join(root, 'tmp')
    mkdirSync(process.env.TMPDIR)
  })
  afterAll(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  })

  const whole = { Dockerfile: 'FROM git\n', 'sub/Dockerfile': 'FROM sub\n' }

  test.each([
    ['', whole],
    ['#other', whole],
    ['#v1', whole],
    ['#:', whole],
    ['#:sub', { Dockerfile: 'FROM sub\n' }],
    ['#master:sub', { Dockerfile: 'FROM sub\n' }],
    ['#:linked', { Dockerfile: 'FROM sub\n' }],
    ['#:rooted', { Dockerfile: 'FROM sub\n' }],
    ['#:up', whole],
  ])('repo.git%s', async (suffix, files) => {
    expect(await read(`${url}/repo.git${suffix}`)).toEqual({ dockerfile: 'Dockerfile', files })
  })

  // docker's errors, with the temporary directory replaced by TMP.
  test.each([
    ['repo.git#nope', "error fetching: fatal: couldn't find remote ref nope\n: exit status 128"],
    ['repo.git#-x', 'invalid refspec: -x'],
    ['repo.git#:nope', 'stat TMP/nope: no such file or directory'],
    ['repo.git#:Dockerfile', 'error setting git context, not a directory: TMP/Dockerfile'],
    [
      'repo.git#:..',
      'error setting git context, ".." not within git root: evalSymlinksInScope: ROOT/tmp is not in TMP',
    ],
    ['none.git', "error fetching: fatal: repository 'URL/none.git/' not found\n: exit status 128"],
  ])('%s is refused, and nothing is left behind', async (address, reason) => {
    const message = await open(`${url}/${address}`).then(
      () => 'opened',
      (error: Error) => error.message,
    )
    const known = message
      .replace(/\/\S*docker-build-git\w+/, 'TMP')
      .replace(url, 'URL')
      .replace(root, 'ROOT')
    expect(known).toBe(`unable to prepare context: unable to 'git clone' to temporary context directory: ${reason}`)
    expect(readdirSync(tmpdir())).toEqual([])
  })

  test('logs in with the account of the URL, without the password in argv', async () => {
    const trace = join(root, 'git-trace')
    const env = { ...process.env, GIT_TRACE: trace, GIT_TRACE_CURL: '' }
    const source = await open(privately('/repo.git'), '', '', env)
    const context = Buffer.concat(await Array.fromAsync<Buffer>(source.archive)).toString('latin1')
    source.close()
    const commands = readFileSync(trace, 'utf8')
    expect(commands).toContain('git-remote-http origin')
    for (const text of [context, commands]) expect(text).not.toMatch(/turtle|me%40home|me@home/)
  })

  test('reports a wrong password without showing it', async () => {
    const refused = open(privately('/repo.git', 'me:turtle'), '', '', { ...process.env, GIT_TERMINAL_PROMPT: '0' })
    await expect(refused).rejects.toThrow(/error fetching: fatal: Authentication failed for/)
    await expect(refused).rejects.not.toThrow(/turtle/)
  })

  test('reports a missing Dockerfile and a missing git', async () => {
    await expect(open(`${url}/repo.git`, 'nope')).rejects.toThrow(
      /^unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat \S+\/nope: no such file or dir/,
    )
    await expect(open(`${url}/repo.git`, '', '', { PATH: '/nowhere' })).rejects.toThrow(
      'unable to prepare context: unable to find \'git\': exec: "git": executable file not found in $PATH',
    )
  })

  test.each([
    ['https://host/x.git', true],
    ['http://host/x.git#ref:dir', true],
    ['https://host/x.git#', false],
    ['https://host/x', false],
    ['git://host/x', true],
    ['git@host:x', true],
    ['github.com/a/b', true],
    ['gitlab.com/a/b', false],
    ['ssh://git@host/x', false],
  ])('%s is a repository: %s', (text, expected) => {
    expect(isGitUrl(text)).toBe(expected)
  })

  test.each([
    ['https://host/x.git', 'https://host/x.git', 'master', ''],
    ['git@host:x#ref:a/b', 'git@host:x', 'ref', 'a/b'],
    ['github.com/a/b#:dir', 'https://github.com/a/b', 'master', 'dir'],
    ['git://h/x#a:b:c', 'git://h/x', 'a', 'b:c'],
  ])('%s', (text, remote, ref, directory) => {
    expect(parseGitAddress(text)).toEqual({ remote, ref, directory })
  })
})
