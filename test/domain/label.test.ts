import { test } from 'vitest'
import { checkLabel } from '../../src/domain/label.ts'
import { expectParsesOrRefuses } from '../support/typed-text.ts'

test('checkLabel accepts or refuses any text', () => {
  expectParsesOrRefuses(checkLabel)
})
