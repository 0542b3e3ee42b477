import { describe, expect, test } from 'vitest'
import { imageTree } from '../../../../src/format/views/image/tree.ts'
import { TREES } from '../../cases/lists.ts'
import { golden } from '../../golden.ts'

describe.each(Object.entries(TREES))('a tree of images: %s', (name, images) => {
  test.each(golden(`tree-${name}`).responses)('flags %j', (flags, docker) => {
    expect(imageTree(images, { all: flags === '-a', isColored: false, width: 0 })).toBe(docker.stdout)
  })
})

test.each([
  [120, ['EXTRA', 'CONTENT SIZE', 'DISK USAGE']],
  [59, ['CONTENT SIZE', 'DISK USAGE']],
  [20, []],
])('in %d columns, columns go before names do', (width, heads) => {
  const tree = imageTree(TREES.platforms ?? [], { all: false, isColored: false, width })
  for (const head of ['EXTRA', 'CONTENT SIZE', 'DISK USAGE']) expect(tree.includes(head)).toBe(heads.includes(head))
})

test('on a terminal, names are bold blue and a used image has a chip', () => {
  const tree = imageTree(TREES.platforms ?? [], { all: false, isColored: true, width: 80 })
  expect(tree).toContain('\u001b[34m\u001b[1malpine:3\u001b[0m   ')
  expect(tree).toContain('\u001b[38;5;0m\u001b[48;5;14m U \u001b[0m  \n')
})
