import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TemplateError } from '../../../src/gotemplate/error.ts'
import { template } from '../../../src/gotemplate/template.ts'
import { INSPECT_WORDS, mutated, templates } from '../../format/templates/grammar.ts'

/** Whether it can be read. @throws whatever is not Go's refusal */
function isReadable(text: string): boolean {
  try {
    template(text)
    return true
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    expect(error.message).toMatch(/^template: :\d+: \S/)
    return false
  }
}

test('any of 100,000 templates is read or refused, and neither takes long', { timeout: 120_000 }, () => {
  let readable = 0
  const any = fc.oneof(templates(INSPECT_WORDS), mutated(INSPECT_WORDS))
  const check = fc.property(any, (text) => {
    if (isReadable(text)) readable++
  })
  fc.assert(check, { numRuns: 100_000, interruptAfterTimeLimit: 110_000, markInterruptAsFailure: true })
  // Both kinds are tried, or this proves little.
  expect(readable).toBeGreaterThan(10_000)
  expect(readable).toBeLessThan(90_000)
})
