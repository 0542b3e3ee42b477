import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseNetworkAttachment } from '../../../src/domain/network/attachment.ts'
import { expectParsesOrRefuses, lowerCaseWord } from '../../support/typed-text.ts'

test('parses the long form', () => {
  fc.assert(
    fc.property(
      lowerCaseWord(8),
      fc.array(lowerCaseWord(8), { maxLength: 3 }),
      fc.integer(),
      (name, aliases, priority) => {
        const typed = [`name=${name}`, ...aliases.map((alias) => `alias=${alias}`), `gw-priority=${priority}`].join(',')
        const attachment = parseNetworkAttachment(typed)
        expect(attachment).toMatchObject({ target: name, aliases, gatewayPriority: priority })
      },
    ),
  )
})

test('parseNetworkAttachment accepts or refuses any text', () => {
  expectParsesOrRefuses(parseNetworkAttachment)
})
