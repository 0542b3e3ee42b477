import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseNanoCpus } from '../../src/domain/container/cpus.ts'
import { parseDetachKeys } from '../../src/domain/container/detach-keys.ts'
import {
  checkDeviceCgroupRule,
  parseDevice,
  parseDeviceByteRate,
  parseDeviceOperationRate,
  parseDeviceWeight,
  parseGpuRequest,
} from '../../src/domain/container/device.ts'
import { checkVariable, parseEnvFile, parseLabelFile } from '../../src/domain/container/env.ts'
import { parseMount } from '../../src/domain/container/mount.ts'
import { parseExposed, parsePublished } from '../../src/domain/container/port.ts'
import { parseRestartPolicy } from '../../src/domain/container/restart-policy.ts'
import { checkNamespaceMode, checkSysctl, parseSecurityOption } from '../../src/domain/container/security.ts'
import { parseUlimit } from '../../src/domain/container/ulimit.ts'
import { addFilter } from '../../src/domain/filter.ts'
import { parseCsvRecord } from '../../src/domain/go/csv.ts'
import { parseDuration } from '../../src/domain/go/duration.ts'
import { parsePlatform } from '../../src/domain/image/platform.ts'
import { parsePullPolicy } from '../../src/domain/image/pull-policy.ts'
import { parseReference } from '../../src/domain/image/reference.ts'
import { checkLabel } from '../../src/domain/label.ts'
import { isMacAddress } from '../../src/domain/network/address.ts'
import { parseNetworkAttachment } from '../../src/domain/network/attachment.ts'
import { checkLink, parseDnsSearch, parseDnsServer, parseExtraHost } from '../../src/domain/network/name-service.ts'
import { parseRamBytes } from '../../src/domain/size.ts'
import { parseVolumeSpec, resolveBind } from '../../src/domain/volume/spec.ts'

const bytes = (text: string) => Buffer.from(text)
const here = { os: 'linux', architecture: 'amd64' }

/** Every reader of what a person types after a flag. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  parseNanoCpus,
  parseCsvRecord,
  parseDetachKeys,
  parseDevice,
  checkDeviceCgroupRule,
  parseDeviceByteRate,
  parseDeviceOperationRate,
  parseDeviceWeight,
  parseDuration,
  checkVariable,
  parseEnvFile: (text) => parseEnvFile(bytes(text), 'file', {}),
  parseLabelFile: (text) => parseLabelFile(bytes(text), 'file'),
  addFilter: (text) => addFilter({}, text),
  parseGpuRequest,
  checkLabel,
  isMacAddress,
  parseMount,
  checkLink,
  parseDnsSearch,
  parseDnsServer,
  parseExtraHost,
  parseNetworkAttachment,
  parsePlatform: (text) => parsePlatform(text, here),
  parseExposed,
  parsePublished: (text) => parsePublished([text]),
  parsePullPolicy,
  parseReference,
  parseRestartPolicy,
  checkNamespaceMode: (text) => checkNamespaceMode('pid', text),
  parseSecurityOption,
  parseRamBytes,
  checkSysctl,
  parseUlimit,
  parseVolumeSpec,
  resolveBind: (text) => resolveBind(text, '/work'),
}

/** Words and signs of the grammars, and what has no place in them: such texts get further in than letters at random. */
const word = fc.oneof(
  fc.constantFrom('type', 'bind', 'source', 'target', 'name', 'count', 'all', 'host', 'container', 'nofile', 'rwm'),
  fc.constantFrom('/', '/dev/null', '.', '..', '~', '::1', '127.0.0.1', '[::1]', '0', '1', '80', '-1', '1e9', '0x10'),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'a'.repeat(300), 'ü', '\u{1F40B}', '\0', '\n', '"', "'"),
  fc.string({ unit: 'binary', maxLength: 6 }),
)
const sign = fc.constantFrom('=', ':', ',', '/', '-', '+', '.', ' ', '@', '')
const typed = fc
  .array(fc.tuple(word, sign), { maxLength: 8 })
  .map((pairs) => pairs.map(([text, mark]) => text + mark).join(''))

describe('any text is read, or refused in a sentence', () => {
  test.each(Object.entries(readers))('%s', (_, read) => {
    fc.assert(
      fc.property(typed, (text) => {
        try {
          read(text)
        } catch (error) {
          // A TypeError or RangeError is a mistake of ours, not of who typed.
          if (!(error instanceof Error) || error.constructor !== Error) throw error
          expect(error.message).not.toBe('')
          expect(error.message).not.toMatch(/undefined|NaN|\[object/)
        }
      }),
      { numRuns: 500 },
    )
  })
})
