import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FUNCTIONS } from '../../../src/format/templates/functions.ts'
import { compileTemplate, TemplateError } from '../../../src/gotemplate/template.ts'
import { INSPECT_WORDS, mutated, templates } from '../../format/templates/grammar.ts'

/** Whether a template can be parsed. @throws any error that is not a TemplateError */
function isValid(text: string): boolean {
  try {
    compileTemplate(text, { functions: FUNCTIONS })
    return true
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    expect(error.message).toMatch(/^template: :\d+: \S/)
    return false
  }
}

test('parses or rejects each of 100,000 templates within the time limit', { timeout: 120_000 }, () => {
  let valid = 0
  const any = fc.oneof(templates(INSPECT_WORDS), mutated(INSPECT_WORDS))
  const check = fc.property(any, (text) => {
    if (isValid(text)) valid++
  })
  fc.assert(check, { numRuns: 100_000, interruptAfterTimeLimit: 110_000, markInterruptAsFailure: true })
  // The generator must produce both kinds in numbers, or this test proves little.
  expect(valid).toBeGreaterThan(10_000)
  expect(valid).toBeLessThan(90_000)
})
