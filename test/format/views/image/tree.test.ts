import { describe, expect, test } from 'vitest'
import { formatImageTree } from '../../../../src/format/views/image/tree.ts'
import { TREES } from '../../cases/lists.ts'
import { golden } from '../../golden.ts'

describe.each(Object.entries(TREES))('prints the tree of images as docker does: %s', (name, images) => {
  test.each(golden(`tree-${name}`).responses)('flags %j', (flags, docker) => {
    expect(formatImageTree(images, { all: flags === '-a', isColored: false, width: 0 })).toBe(docker.stdout)
  })
})

test.each([
  [120, ['EXTRA', 'CONTENT SIZE', 'DISK USAGE']],
  [59, ['CONTENT SIZE', 'DISK USAGE']],
  [20, []],
])('omits columns rather than shortening names in %d columns', (width, headers) => {
  const tree = formatImageTree(TREES.platforms ?? [], { all: false, isColored: false, width })
  for (const header of ['EXTRA', 'CONTENT SIZE', 'DISK USAGE'])
    expect(tree.includes(header)).toBe(headers.includes(header))
})

test('prints names in bold blue and marks used images on a terminal', () => {
  const tree = formatImageTree(TREES.platforms ?? [], { all: false, isColored: true, width: 80 })
  expect(tree).toContain('\u001b[34m\u001b[1malpine:3\u001b[0m   ')
  expect(tree).toContain('\u001b[38;5;0m\u001b[48;5;14m U \u001b[0m  \n')
})
