import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseMount } from '../../../src/domain/container/mount.ts'
import { expectParsesOrRefuses } from '../../support/typed-text.ts'

/** Quotes a value of a CSV record if necessary. */
const csvField = (text: string) => (/[",\n\r]|^\s/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((value) => !/[\r\n\\]/.test(value))
const key = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'a.b', 'x-y'),
  fc.string({ unit: fc.constantFrom(...'abcxyz.-_'), minLength: 1, maxLength: 8 }),
)

describe('parseMount', () => {
  test('parses source and target as they were typed', () => {
    fc.assert(
      fc.property(text, text, fc.constantFrom('src', 'source'), fc.constantFrom('dst', 'target'), (from, to, s, t) => {
        const typed = ['type=bind', `${s}=${from}`, `${t}=${to}`].map(csvField).join(',')
        expect(parseMount(typed)).toEqual({ mount: { Type: 'bind', Source: from, Target: to }, warnings: [] })
      }),
    )
  })

  test('keeps the last value of each label and driver option, whatever its name', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, text), { minLength: 1, maxLength: 5 }), (pairs) => {
        const fields = pairs.flatMap(([name, value]) => [
          `volume-label=${name}=${value}`,
          `volume-opt=${name}=${value}`,
        ])
        const { mount } = parseMount(['target=/t', ...fields].map(csvField).join(','))
        const expected = [...new Map(pairs)]
        expect(Object.entries(mount.VolumeOptions?.Labels ?? {}).sort()).toEqual(expected.sort())
        expect(Object.entries(mount.VolumeOptions?.DriverConfig?.Options ?? {}).sort()).toEqual(expected.sort())
      }),
    )
  })

  test('refuses options of another type of mount', () => {
    const options = { bind: 'bind-propagation=shared', tmpfs: 'tmpfs-size=1m', image: 'image-subpath=x' }
    fc.assert(
      fc.property(
        fc.constantFrom('volume', 'cluster', 'npipe'),
        fc.constantFrom(...Object.entries(options)),
        (type, option) => {
          expect(() => parseMount(`type=${type},target=/t,${option[1]}`)).toThrow(
            `cannot mix '${option[0]}-*' options with mount type '${type}'`,
          )
        },
      ),
    )
  })
})

test('parseMount accepts or refuses any text', () => {
  expectParsesOrRefuses(parseMount)
})
