import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compactJson, indentJson } from '../../src/domain/go/json-text.ts'
import { FormatError } from '../../src/format/error.ts'
import { inspection } from '../../src/format/inspect.ts'
import type { ObjectType } from '../../src/format/templates/types/objects.ts'
import { read } from './cases/lists.ts'
import { golden, type Response, responseOf } from './golden.ts'

/** Inspects objects as the command does: it prints those that fit, and errors at the end. */
async function inspected(format: string, type: ObjectType, objects: readonly string[]): Promise<Response> {
  const problems: string[] = []
  const response = await responseOf(async () => {
    const inspecting = await inspection(format)
    for (const object of objects) {
      try {
        inspecting.add(object, type)
      } catch (error) {
        if (!(error instanceof FormatError)) throw error
        problems.push(error.message)
      }
    }
    return inspecting.output()
  })
  return problems.length === 0 ? response : { ...response, stderr: `${problems.join('\n')}\n`, exitCode: 1 }
}

describe.each(['container', 'image'] as const)('inspects a %s as docker does', (type) => {
  test.each(golden(`inspect-${type}`).responses)('%s', async (format, docker) => {
    expect(await inspected(format, type, [read(`${type}.json`)])).toEqual(docker)
  })
})

describe('several objects, some of which do not fit the format', () => {
  test.each(golden('inspect-several').responses)('%s', async (format, docker) => {
    const objects = [read('unknown.json'), read('container.json'), read('unknown.json')]
    expect(await inspected(format, 'container', objects)).toEqual(docker)
  })
})

test.each([
  ['', '[]\n'],
  ['json', '[]\n'],
  ['{{.Id}}', '\n'],
])('prints no objects in format %j', async (format, output) => {
  expect((await inspection(format)).output()).toBe(output)
})

test('lays out any JSON as JSON.stringify does', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(indentJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 4))
      expect(indentJson(JSON.stringify(value, null, 1))).toBe(JSON.stringify(value, null, 4))
      expect(compactJson(JSON.stringify(value, null, 2))).toBe(JSON.stringify(value))
    }),
  )
})
