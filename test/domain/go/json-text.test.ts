import { expect, it } from 'vitest'
import { jsonMembers, jsonObject } from '../../../src/domain/go/json-text.ts'

it.each<[string, Record<string, string>]>([
  ['{}', {}],
  [' { } ', {}],
  ['{"a":1,"b":"x"}', { a: '1', b: '"x"' }],
  [' {\n "a" : [1, {"b": "}]"}] , "c":{ "d" : null } }', { a: '[1, {"b": "}]"}]', c: '{ "d" : null }' }],
  ['{"n":9007199254740993,"f":1.50e10,"t":true}', { n: '9007199254740993', f: '1.50e10', t: 'true' }],
  ['{"a\\"b":"\\u003c\\\\","\\u0061":2}', { 'a"b': '"\\u003c\\\\"', a: '2' }],
  ['{"a":1,"a":2}', { a: '2' }],
  ['{"e":{},"l":[],"s":""}', { e: '{}', l: '[]', s: '""' }],
])('jsonMembers returns the values of %s as they are written', (json, members) => {
  expect(Object.fromEntries(jsonMembers(json))).toEqual(members)
})

it('jsonObject joins members', () => {
  expect(jsonObject(jsonMembers('{ "a" : 1.0, "<b>" : {"c": [ ]} }'))).toBe('{"a":1.0,"<b>":{"c": [ ]}}')
})
