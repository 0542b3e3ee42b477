import { describe, expect, test } from 'vitest'
import { formatImageTree } from '../../../../src/format/views/image/tree.ts'
import { TREES } from '../../cases/lists.ts'

// docker 28 draws another tree. These are written by hand after docker/cli's image.runTree of version 29.

const treeOf = (name: string, width: number, isColored = false) =>
  formatImageTree(TREES[name] ?? [], { isColored, width }).split('\n')

describe('without a terminal', () => {
  test('prints all columns with whole names, and no legend', () => {
    expect(treeOf('platforms', 0)).toEqual([
      'IMAGE                                                                 ID             DISK USAGE   CONTENT SIZE   EXTRA',
      'alpine:3                                                           ',
      'alpine:latest                                                         aaaaaaaaaaaa        123MB          3.7MB   U    ',
      '├─ linux/amd64                                                        aaaaaaaaaaaa       5.23MB         1.23MB   U    ',
      '└─ linux/arm/v7                                                       bbbbbbbbbbbb       5.23MB         1.23MB        ',
      '',
      'busybox:latest                                                        aaaaaaaaaaaa        123MB             0B        ',
      '',
      'registry.example.com/some/very/long/repository/name:with-a-long-tag   aaaaaaaaaaaa        123MB         1.23MB        ',
      '└─ linux/arm/v7                                                       bbbbbbbbbbbb       5.23MB         1.23MB        ',
      '',
      '<untagged>                                                            aaaaaaaaaaaa        123MB             0B   U    ',
      '',
      '',
    ])
  })

  test('sorts images and their names, with untagged images last, and needs no space between them', () => {
    expect(treeOf('plain', 0)).toEqual([
      'IMAGE      ID             DISK USAGE   CONTENT SIZE   EXTRA',
      'a:1     ',
      'aaa:1   ',
      'b:1     ',
      '日本:1       aaaaaaaaaaaa        123MB             0B        ',
      'two        aaaaaaaaaaaa        123MB             0B   U    ',
      '<untagged>   aaaaaaaaaaaa        123MB             0B        ',
      '<untagged>   aaaaaaaaaaaa        123MB             0B        ',
      '',
    ])
  })

  test('prints the header when there are no images', () => {
    expect(treeOf('empty', 0)).toEqual(['IMAGE   ID             DISK USAGE   CONTENT SIZE   EXTRA', ''])
  })
})

describe('on a terminal', () => {
  test('prints a legend on the right, and the details of a long name on a line of their own', () => {
    expect(treeOf('platforms', 80).slice(0, 10)).toEqual([
      '                                                               Info ->  U In Use',
      'IMAGE                           ID             DISK USAGE   CONTENT SIZE   EXTRA',
      'alpine:3                     ',
      'alpine:latest                   aaaaaaaaaaaa        123MB          3.7MB   U    ',
      '├─ linux/amd64                  aaaaaaaaaaaa       5.23MB         1.23MB   U    ',
      '└─ linux/arm/v7                 bbbbbbbbbbbb       5.23MB         1.23MB        ',
      '',
      'busybox:latest                  aaaaaaaaaaaa        123MB             0B        ',
      '',
      'registry.example.com/some/very/long/repository/name:with-a-long-tag',
    ])
    expect(treeOf('platforms', 80)[10]).toBe(
      '                                aaaaaaaaaaaa        123MB         1.23MB        ',
    )
  })

  test.each([
    [120, ['EXTRA', 'CONTENT SIZE', 'DISK USAGE']],
    [59, ['CONTENT SIZE', 'DISK USAGE']],
    [20, []],
  ])('omits columns rather than shortening names in %d columns', (width, headers) => {
    const tree = treeOf('platforms', width).join('\n')
    for (const header of ['EXTRA', 'CONTENT SIZE', 'DISK USAGE'])
      expect(tree.includes(header)).toBe(headers.includes(header))
    expect(tree).toContain('registry.example.com/some/very/long/repository/name:with-a-long-tag')
  })

  test('prints names in bold blue, headers in bold, and marks used images', () => {
    const tree = treeOf('platforms', 80, true)
    expect(tree[0]).toMatch(/^ {60}\S.*i.*Info → .* U .* In Use$/)
    expect(tree[1]?.startsWith('\u001b[39m\u001b[1mIMAGE\u001b[0m ')).toBe(true)
    expect(tree[2]).toBe(`\u001b[34m\u001b[1malpine:3\u001b[0m${' '.repeat(21)}`)
    expect(tree[3]?.endsWith('\u001b[38;5;0m\u001b[48;5;14m U \u001b[0m  ')).toBe(true)
  })
})
