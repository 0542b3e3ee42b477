import { expect, test } from 'vitest'
import { parseServiceFile } from '../../../src/domain/service/file.ts'

test('parses the target, the owner and the mode of a secret', () => {
  expect(parseServiceFile('src=key,target=k,uid=5,gid=6,mode=0400', 'secret')).toEqual({
    source: 'key',
    target: { Name: 'k', UID: '5', GID: '6', Mode: 0o400 },
  })
})
