import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitTable } from '../../../src/format/table/fit.ts'
import { textWidth } from '../../../src/format/text/width.ts'
import { containerView } from '../../../src/format/views/container/list.ts'
import { imageView } from '../../../src/format/views/image/list.ts'

const now = new Date(1_800_000_000_000)
const plain = { format: '', quiet: false, noTrunc: false, size: false }
const port = (IP: string, PublicPort: number, PrivatePort: number) => ({ IP, PublicPort, PrivatePort, Type: 'tcp' })

const container = {
  Id: 'c0ffee'.repeat(10),
  Names: ['/web'],
  Image: 'nginx',
  Command: 'nginx -g daemon off;',
  Created: 1_799_990_000,
  Status: 'Up 2 hours',
  State: 'running',
  Ports: [port('0.0.0.0', 8080, 80), port('0.0.0.0', 8443, 443)],
}

async function ps(fitWidth: number, containers = [container], colorLevel: 0 | 1 = 0): Promise<string> {
  return (await containerView(plain, { fitWidth, colorLevel })).render(containers, now)
}

function fitted(rows: string[][], width: number, separators: string[] = []): string | undefined {
  return fitTable(rows, { width, eastAsian: false, paint: undefined, separators })
}

describe('ps', () => {
  test('wraps cells within their columns, and writes ports one a line', async () => {
    expect(await ps(80)).toBe(`\
CONTAINER ID  IMAGE  COMMAND   CREATED   STATUS     PORTS                  NAMES
c0ffeec0ffee  nginx  "nginx    3 hours   Up 2       0.0.0.0:8080->80/tcp   web
                     -g        ago       hours      0.0.0.0:8443->443/tcp
                     daemon
                     off;"
`)
    expect(await ps(100)).toBe(`\
CONTAINER ID  IMAGE  COMMAND                 CREATED      STATUS      PORTS                  NAMES
c0ffeec0ffee  nginx  "nginx -g daemon off;"  3 hours ago  Up 2 hours  0.0.0.0:8080->80/tcp   web
                                                                      0.0.0.0:8443->443/tcp
`)
  })

  test('has the layout of docker where every row fits, and where the window is too narrow', async () => {
    const layout = await ps(0)
    expect(layout).toContain('0.0.0.0:8080->80/tcp, 0.0.0.0:8443->443/tcp   web\n')
    const width = Math.max(...layout.split('\n').map((line) => line.length))
    expect(await ps(width)).toBe(layout)
    expect(await ps(width - 1)).not.toBe(layout)
    expect(await ps(50)).toBe(layout)
    expect(await ps(10)).toBe(layout)
  })

  test('colors every line of a cell', async () => {
    const lines = (await ps(80, [{ ...container, Status: 'Up 2 hours (healthy)' }], 1)).split('\n')
    expect(lines.filter((line) => line.includes('\x1b[32m')).length).toBeGreaterThan(1)
    for (const line of lines) expect(textWidth(stripVTControlCharacters(line))).toBeLessThanOrEqual(80)
  })

  test('takes 10,000 containers', async () => {
    const containers = Array.from({ length: 10_000 }, (_, index) => ({ ...container, Names: [`/service-${index}`] }))
    const lines = (await ps(80, containers)).split('\n')
    expect(lines.filter((line) => line.startsWith('c0ffeec0ffee')).length).toBe(10_000)
  })
})

test('images breaks the names of repositories where it can behind a slash', async () => {
  const images = [
    {
      Id: `sha256:${'a'.repeat(64)}`,
      RepoTags: ['registry.example.com:5000/platform/backend/shop-service:1.2.3'],
      Created: 1_799_990_000,
      Size: 12_000_000,
    },
  ]
  const view = await imageView({ ...plain, digests: false }, { fitWidth: 70 })
  expect(view.render(images, now)).toBe(`\
REPOSITORY                          TAG    IMAGE ID      CREATED  SIZE
registry.example.com:5000/          1.2.3  aaaaaaaaaaaa  3 hours  12MB
platform/backend/shop-service                            ago
`)
})

describe('a table that is made to fit', () => {
  test('never breaks an ID or a digest', () => {
    const id = 'c0ffeec0ffee'
    const swarmId = 'x1b2c3d4e5f6g7h8i9j0k1l2m'
    const rows = [
      ['ID', 'NODE', 'TEXT'],
      [id, `${swarmId} *`, 'some words that are long enough to be wrapped'],
    ]
    const text = fitted(rows, 60) ?? ''
    expect(text).toContain(`${id}  ${swarmId} `)
    expect(fitted([...rows, [`sha256:${'a'.repeat(64)}`, '', '']], 80)).toBeUndefined()
  })

  test('escapes control characters, and keeps emoji whole', () => {
    const text = fitted(
      [
        ['NAME', 'DESCRIPTION'],
        ['one\ntwo', '\x1b[31mred\x1b[0m and a family 👨‍👩‍👧 of several people who need space'],
      ],
      40,
    )
    expect(text).toContain('one\\x0atwo')
    expect(text).not.toContain('\x1b')
    expect(
      fitted(
        [
          ['A', 'B'],
          ['👨‍👩‍👧'.repeat(30), 'x'],
        ],
        40,
      ),
    ).toMatch(/^A .*\n(👨‍👩‍👧)+ /u)
  })

  test('splits lists at their separator', () => {
    expect(
      fitted(
        [
          ['A', 'B'],
          ['one, two, three', 'x'.repeat(36)],
        ],
        50,
        [', '],
      ),
    ).toBe(`A      B\none    ${'x'.repeat(36)}\ntwo\nthree\n`)
  })

  test('contains every cell in lines that fit', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'b', ' ', ',', '/', '日', '…', '👍🏽'), maxLength: 40 })
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(rows, fc.integer({ min: 40, max: 100 }), (cells, width) => {
        const text = fitted([['ONE', 'TWO', 'THREE'], ...cells], width) ?? ''
        for (const line of text.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(width)
        const characters = (parts: string[]) => [...parts.join('').replaceAll(/\s/g, '')].sort().join('')
        expect(characters([text])).toBe(characters(['ONETWOTHREE', ...cells.flat()]))
      }),
    )
  })
})
