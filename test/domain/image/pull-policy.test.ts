import { test } from 'vitest'
import { parsePullPolicy } from '../../../src/domain/image/pull-policy.ts'
import { expectParsesOrRefuses } from '../../support/typed-text.ts'

test('parsePullPolicy accepts or refuses any text', () => {
  expectParsesOrRefuses(parsePullPolicy)
})
