import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanPath } from '../../../src/domain/go/path.ts'
import { parseVolumeSpec, resolveBind } from '../../../src/domain/volume/spec.ts'
import { absolutePath, expectParsesOrRefuses, lowerCaseWord } from '../../support/typed-text.ts'

test('makes a source that begins with a dot absolute and does not change any other', () => {
  fc.assert(
    fc.property(
      absolutePath,
      lowerCaseWord(5),
      absolutePath,
      fc.constantFrom('', ':ro', ':rw,z'),
      (cwd, name, inside, options) => {
        expect(resolveBind(`./${name}:${inside}${options}`, cwd)).toBe(`${cwd}/${name}:${inside}${options}`)
        expect(resolveBind(`../${name}:${inside}`, cwd)).toBe(`${cleanPath(`${cwd}/../${name}`)}:${inside}`)
        const volume = `${name}x:${inside}${options}`
        expect(resolveBind(volume, cwd)).toBe(volume)
        expect(parseVolumeSpec(volume)).toEqual({ source: `${name}x`, isHostPath: false })
        expect(parseVolumeSpec(`${cwd}:${inside}${options}`)).toEqual({ source: cwd, isHostPath: true })
      },
    ),
  )
})

test.each([
  ['parseVolumeSpec', parseVolumeSpec],
  ['resolveBind', (text) => resolveBind(text, '/work')],
])('%s accepts or refuses any text', (_, parse) => {
  expectParsesOrRefuses(parse)
})
